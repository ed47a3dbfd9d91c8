import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import type { Preview, Refusal } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { Editor } from '../state/use-editor.ts';
import type { Player } from '../timeline/player.ts';

/** What every panel is given. */
export interface PanelProps {
  readonly editor: Editor;
  readonly library: StudioLibrary;
  /** The caption boxes of the template; none without one. */
  readonly slots: TemplateView['captions'];
  readonly plan: Plan | undefined;
  readonly refusals: readonly Refusal[];
  readonly player: Player;
  readonly preview: Preview;
}
