import { useEffect, useMemo, useState } from 'preact/hooks';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Icon } from '../parts/icon.tsx';
import { Fan } from '../parts/fan.tsx';
import { fragmentOf } from '../route.ts';
import { useDroppedFiles } from '../photo/use-dropped-files.ts';
import { KeyHelp } from './canvas/key-help.tsx';
import { layerBoxes } from './canvas/layer-boxes.ts';
import { lettersAt } from './canvas/letters-at.ts';
import { Stage } from './canvas/stage.tsx';
import { useSmallPicture } from './canvas/use-small-picture.ts';
import { useLayerKeys } from './canvas/use-layer-keys.ts';
import { usePreview } from './canvas/use-preview.ts';
import { Panels, panelOf, type PanelName } from './panels/panels.tsx';
import type { AspectChoice } from './panels/frame-panel.tsx';
import { cropStage, shownRecipe } from './panels/stage-mode.ts';
import { Refused } from './panels/refused.tsx';
import { layerOf, showProblem } from './panels/show-problem.ts';
import { useAddedPictures } from './panels/use-added-pictures.ts';
import { LayerActions } from './panels/layer-actions.tsx';
import type { createPreview } from './preview/preview.ts';
import { isSameLayer } from './state/layer.ts';
import { slotsOf, withPinnedPlaces } from './state/pinned-history.ts';
import { useEditor } from './state/use-editor.ts';
import { Player } from './timeline/player.ts';
import { usePlayAtFirst } from './timeline/use-play-at-first.ts';
import { Timeline } from './timeline/timeline.tsx';

import type { EditorPageProps } from './editor-page.tsx';

type EditorBodyProps = EditorPageProps & { readonly create: typeof createPreview };

const isWideWindow = '(width >= 900px)';

/** The picture in the middle, what can be done to it around. */
export function EditorBody({
  history,
  files,
  library,
  trouble,
  onChange,
  onPicture,
  onMake,
  create,
}: EditorBodyProps) {
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
  const [said, setSaid] = useState('');
  const [hasHelp, setHelp] = useState(false);
  const [paintError, setPaintError] = useState<unknown>();
  const player = useMemo(() => new Player(), []);
  const mode = panel === 'frame' && isCutting ? 'crop' : 'all';
  const shownOf = useMemo(() => shownRecipe(recipe, mode), [recipe, mode]);
  const { preview, shown, again } = usePreview(create, editor.files, library, shownOf);
  const { plan } = shown;

  useEffect(() => {
    onChange(editor.history, editor.files);
  }, [editor.history, editor.files]);
  const showRefusal = (pointer: string): void => {
    setPanel(panelOf(pointer));
    editor.select(layerOf(pointer));
    requestAnimationFrame(showProblem);
  };
  useEffect(() => {
    document.title = 'Editor · Fanfare';
    if (first !== undefined) {
      showRefusal(first.pointer);
    }
    return () => {
      player.close();
    };
  }, []);
  useEffect(() => {
    player.setDuration(plan?.isMoving === true ? plan.durationMs : 0);
  }, [plan]);
  usePlayAtFirst(player, plan?.isMoving);
  useSmallPicture(shown.round, mode === 'all', onPicture);

  const isRefused = trouble !== undefined && editor.document === start.present;
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
        letters: lettersAt(preview, box, shown.captions, player.atMs),
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
    onSaid: setSaid,
  });
  const dropped = useAddedPictures(editor, plan?.canvas);
  useDroppedFiles(dropped.add);
  const panelProps = { editor, library, slots, plan, refusals, player, preview };
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
              showRefusal(inTheWay.pointer);
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
          {dropped.problems.length > 0 && (
            <p class="ed-trouble" role="alert">
              {dropped.problems.join(' ')}{' '}
              <button type="button" class="ed-link" onClick={dropped.forget}>
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
        <Refused refusals={shown.refusals} panel={panel} onShow={showRefusal} />
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
      <p class="visually-hidden" role="status">
        {said}
      </p>
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
