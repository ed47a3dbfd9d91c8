import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Icon } from '../parts/icon.tsx';
import { Fan } from '../parts/fan.tsx';
import { fragmentOf } from '../route.ts';
import { useDroppedFiles } from '../photo/use-dropped-files.ts';
import { KeyHelp } from './canvas/key-help.tsx';
import { layerBoxes } from './canvas/layer-boxes.ts';
import { Stage } from './canvas/stage.tsx';
import { useLayerKeys } from './canvas/use-layer-keys.ts';
import { usePreview } from './canvas/use-preview.ts';
import { Panels, panelOf, type PanelName } from './panels/panels.tsx';
import type { AspectChoice } from './panels/frame-panel.tsx';
import { cropStage, shownRecipe } from './panels/stage-mode.ts';
import { addPicture } from './panels/add-picture.ts';
import { LayerActions } from './panels/layer-actions.tsx';
import { refusalPlace } from './make/refusal-place.ts';
import { createPreview, type Refusal } from './preview/preview.ts';
import type { StudioLibrary } from './preview/studio-library.ts';
import { pinnedPlaces } from './state/caption-look.ts';
import type { LocalFiles } from './state/files.ts';
import type { History } from './state/history.ts';
import { isSameLayer, type LayerRef } from './state/layer.ts';
import { useEditor } from './state/use-editor.ts';
import { Player } from './timeline/player.ts';
import { Timeline } from './timeline/timeline.tsx';
import './editor.css';
import './canvas/canvas.css';
import './timeline/timeline.css';
import './panels/panels.css';

export interface EditorPageProps {
  /** What is being made, with what can be undone, where it begins. */
  readonly history: History;
  readonly files: LocalFiles;
  readonly library: StudioLibrary;
  /** What the service would not make, and why. It is shown until the recipe is another. */
  readonly trouble?: { readonly sentence: string; readonly refusals: readonly Refusal[] } | undefined;
  /** After every change. */
  readonly onChange: (history: History, files: LocalFiles) => void;
  /** What it looks like, small, some time after it was changed. */
  readonly onPicture: (picture: Blob) => void;
  readonly onMake: () => void;
  /** @default the preview that draws */
  readonly create?: typeof createPreview;
}

/** How long after the last change a small picture is taken. */
const pictureAfterMs = 1000;
const pictureSide = 320;
const isWideWindow = '(width >= 900px)';

/** The editor: the picture in the middle, what can be done to it around. */
export function EditorPage({
  history,
  files,
  library,
  trouble,
  onChange,
  onPicture,
  onMake,
  create = createPreview,
}: EditorPageProps) {
  const start = useMemo(() => withPinnedPlaces(history, library), []);
  const editor = useEditor(start, files);
  const { recipe } = editor.document;
  const slots = slotsOf(recipe, library);
  const [first] = trouble?.refusals ?? [];
  const [panel, setPanel] = useState<PanelName | undefined>(() =>
    first !== undefined ? panelOf(first.pointer) : matchMedia(isWideWindow).matches ? 'text' : undefined,
  );
  const [isCutting, setCutting] = useState(true);
  const [aspect, setAspect] = useState<AspectChoice>('all');
  const [editing, setEditing] = useState<number>();
  const [hasHelp, setHelp] = useState(false);
  const [paintError, setPaintError] = useState<unknown>();
  const player = useMemo(() => new Player(), []);
  const mode = panel === 'frame' && isCutting ? 'crop' : 'all';
  const shownOf = useMemo(() => shownRecipe(recipe, mode), [recipe, mode]);
  const { preview, shown, again } = usePreview(create, editor.files, library, shownOf);
  const { plan } = shown;

  const newest = useRef({ onChange, onPicture });
  newest.current = { onChange, onPicture };
  useEffect(() => {
    newest.current.onChange(editor.history, editor.files);
  }, [editor.history, editor.files]);
  useEffect(() => {
    document.title = 'Editor · Fanfare';
    if (first !== undefined) {
      editor.select(layerOf(first.pointer));
      requestAnimationFrame(showProblem);
    }
    return () => {
      player.close();
    };
  }, []);
  useEffect(() => {
    player.setDuration(plan?.isMoving === true ? plan.durationMs : 0);
  }, [plan]);
  usePlayAtFirst(player, plan?.isMoving);
  useSmallPicture(shown.round, mode === 'all', newest);

  const isRefused = trouble !== undefined && isFirst(editor.history, start);
  const refusals = [...shown.refusals, ...(isRefused ? (trouble?.refusals ?? []) : [])];
  const { selection } = editor;
  const boxOfSelection = () => {
    if (plan === undefined) {
      return undefined;
    }
    const box = layerBoxes(recipe, plan, shown.captions, slots).find(({ layer }) =>
      isSameLayer(layer, selection),
    );
    return (
      box && {
        box,
        letters:
          box.layer.kind === 'caption' && !box.isEmpty
            ? preview.captionBox(shown.captions.indexOf(box.layer.index), player.atMs)
            : undefined,
        canvas: plan.canvas,
      }
    );
  };
  const onEditText = (caption: number | undefined): void => {
    if (caption !== undefined) {
      player.pause();
      editor.select({ kind: 'caption', index: caption });
    }
    setEditing(caption);
  };
  useLayerKeys({
    editor,
    player,
    slots,
    target: boxOfSelection,
    onEditText,
    onHelp: () => {
      setHelp(true);
    },
  });
  const [unusable, setUnusable] = useState<string>();
  useDroppedFiles(([file]) => {
    if (file !== undefined) {
      void addPicture(editor, plan?.canvas, file).then(setUnusable);
    }
  });
  const panelProps = { editor, library, slots, plan, refusals, player };
  const error = shown.error ?? paintError;

  return (
    <div class={`ed${panel === undefined ? '' : ' ed-with-panel'}${panel === 'time' ? ' ed-with-time' : ''}`}>
      <header class="ed-top">
        <a class="ed-home" href={fragmentOf({ page: 'studio' })} aria-label="Back to the studio">
          <Icon name="back" />
          <Fan lit={5} tight class="ed-fan" />
        </a>
        <h1 class="visually-hidden">Editor</h1>
        <div class="ed-top-tools" role="toolbar" aria-label="Undo and redo">
          <button
            type="button"
            class="ed-tool"
            aria-label="Undo"
            title="Undo (Ctrl Z)"
            disabled={!editor.canUndo}
            onClick={editor.undo}
          >
            <Icon name="undo" />
          </button>
          <button
            type="button"
            class="ed-tool"
            aria-label="Redo"
            title="Redo (Ctrl Shift Z)"
            disabled={!editor.canRedo}
            onClick={editor.redo}
          >
            <Icon name="redo" />
          </button>
          <button
            type="button"
            class="ed-tool ed-tool-keys"
            aria-label="Keys"
            title="Keys (?)"
            onClick={() => {
              setHelp(true);
            }}
          >
            <Icon name="keyboard" />
          </button>
        </div>
        <button
          type="button"
          class="ed-make"
          disabled={plan === undefined}
          onClick={() => {
            const [inTheWay] = shown.refusals;
            if (inTheWay === undefined) {
              onMake();
            } else {
              setPanel(panelOf(inTheWay.pointer));
            }
          }}
        >
          Make it <Icon name="arrow" />
        </button>
      </header>
      <Panels
        {...panelProps}
        name={panel}
        onName={(name) => {
          setEditing(undefined);
          setCutting(true);
          setPanel(name);
        }}
        aspect={aspect}
        onAspect={setAspect}
        isCutting={isCutting}
        onCutting={setCutting}
        create={create}
        estimate={shown.estimate}
        notes={shown.notes}
      />
      <div class="ed-middle">
        <div class="ed-troubles">
          {isRefused && (
            <p class="ed-trouble" role="alert">
              {trouble?.sentence}
            </p>
          )}
          {unusable !== undefined && (
            <p class="ed-trouble" role="alert">
              {unusable}{' '}
              <button
                type="button"
                class="ed-link"
                onClick={() => {
                  setUnusable(undefined);
                }}
              >
                I see
              </button>
            </p>
          )}
          {error !== undefined && (
            <FailedLoad
              error={error}
              onAgain={() => {
                setPaintError(undefined);
                again();
              }}
            />
          )}
        </div>
        <Stage
          editor={editor}
          preview={preview}
          shown={shown}
          player={player}
          slots={slots}
          editing={editing}
          onEditText={onEditText}
          crop={cropStage(
            editor,
            mode === 'crop' ? 'frame' : panel === 'looks' ? 'looks' : undefined,
            aspect,
            setAspect,
          )}
          onPaintError={(failure) => {
            // Every moment after it would fail, too.
            player.pause();
            setPaintError(failure);
          }}
        />
        {selection !== undefined && mode === 'all' && editing === undefined && (
          <div class="ed-float">
            <LayerActions editor={editor} layer={selection} onEditText={onEditText} />
          </div>
        )}
        <Refused refusals={shown.refusals} panel={panel} onPanel={setPanel} />
      </div>
      {plan?.isMoving === true && mode === 'all' && (
        <Timeline
          editor={editor}
          library={library}
          slots={slots}
          player={player}
          plan={plan}
          create={create}
        />
      )}
      {hasHelp && (
        <KeyHelp
          onClose={() => {
            setHelp(false);
          }}
        />
      )}
    </div>
  );
}

/** Says that something is in the way, and leads to it, where its panel is not open. */
function Refused({
  refusals,
  panel,
  onPanel,
}: {
  readonly refusals: readonly Refusal[];
  readonly panel: PanelName | undefined;
  readonly onPanel: (panel: PanelName) => void;
}) {
  const elsewhere = refusals.find(({ pointer }) => panelOf(pointer) !== panel);
  return (
    <div class="ed-refused" role="status">
      {elsewhere !== undefined && (
        <p>
          {elsewhere.detail}{' '}
          <button
            type="button"
            class="ed-link"
            onClick={() => {
              onPanel(panelOf(elsewhere.pointer));
            }}
          >
            Show me
          </button>
        </p>
      )}
    </div>
  );
}

/** Brings what is wrong in the open panel into view, unfolded. */
function showProblem(): void {
  const problem = document.querySelector('#ed-panel .problem');
  problem?.closest('details')?.setAttribute('open', '');
  problem?.scrollIntoView({ block: 'center' });
}

/** The caption or overlay that a refusal is about. */
function layerOf(pointer: string): LayerRef | undefined {
  const { part, index } = refusalPlace(pointer);
  return index === undefined || (part !== 'captions' && part !== 'overlays')
    ? undefined
    : { kind: part === 'captions' ? 'caption' : 'overlay', index };
}

const isFirst = (now: History, start: History): boolean => now.present === start.present;

function slotsOf({ source }: History['present']['recipe'], library: StudioLibrary) {
  return source.kind === 'template'
    ? (library.templates.find(({ id }) => id === source.template)?.captions ?? [])
    : [];
}

/** Captions that say nothing of their place are given the one that they have. */
function withPinnedPlaces(history: History, library: StudioLibrary): History {
  const { recipe } = history.present;
  const captions = recipe.captions ?? [];
  return captions.every(({ place }) => place !== undefined)
    ? history
    : {
        ...history,
        present: {
          ...history.present,
          recipe: { ...recipe, captions: pinnedPlaces(captions, slotsOf(recipe, library)) },
        },
      };
}

/** What moves is shown moving, to who does not mind. */
function usePlayAtFirst(player: Player, isMoving: boolean | undefined): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isMoving === true && !isDone.current && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      player.play();
    }
    isDone.current ||= isMoving !== undefined;
  }, [isMoving]);
}

/** A small picture of the canvas once nothing has changed for a while. */
function useSmallPicture(
  round: number,
  isWanted: boolean,
  newest: { readonly current: { readonly onPicture: (picture: Blob) => void } },
): void {
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const take = async (): Promise<void> => {
      const canvas = document.querySelector<HTMLCanvasElement>('.ed-canvas');
      if (canvas === null || canvas.width === 0) {
        return;
      }
      const factor = Math.min(1, pictureSide / Math.max(canvas.width, canvas.height));
      const small = new OffscreenCanvas(
        Math.max(1, Math.round(canvas.width * factor)),
        Math.max(1, Math.round(canvas.height * factor)),
      );
      const context = small.getContext('2d');
      if (context !== null) {
        context.imageSmoothingQuality = 'high';
        context.drawImage(canvas, 0, 0, small.width, small.height);
        newest.current.onPicture(await small.convertToBlob({ type: 'image/webp', quality: 0.8 }));
      }
    };
    const timer = setTimeout(() => {
      void take();
    }, pictureAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [round, isWanted]);
}
