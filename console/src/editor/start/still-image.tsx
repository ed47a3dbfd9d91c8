interface Props {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

/** The first moment of a picture that moves: what people see who ask for less motion. */
export function StillImage({ src, width, height }: Props) {
  return (
    <canvas
      width={width}
      height={height}
      aria-hidden="true"
      ref={(canvas) => {
        if (canvas !== null && canvas.dataset['src'] !== src) {
          canvas.dataset['src'] = src;
          const image = new Image();
          image.addEventListener('load', () => {
            // Drawn on a canvas, an animation shows its first frame.
            canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
          });
          image.src = src;
        }
      }}
    />
  );
}
