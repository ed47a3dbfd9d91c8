import { useEffect, useRef, useState } from 'preact/hooks';
import type { CampaignView } from '../../../functions/contracts/campaign.ts';
import type { Job } from '../../../functions/contracts/job.ts';
import { RefusedError } from '../api/errors.ts';
import type { Pause } from '../api/patience.ts';
import { inWords } from '../in-words.ts';
import { Heading } from '../parts/heading.tsx';
import { PhotoPicker } from '../photo/photo-picker.tsx';
import type { Photo } from '../photo/photo.ts';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { BackLink } from './back-link.tsx';
import { CampaignPictures } from './campaign-pictures.tsx';
import { focusFirstProblem } from './focus-first-problem.ts';
import { Progress } from './progress.tsx';
import { send } from './send.ts';
import { SlotField } from './slot-field.tsx';
import { type FormProblems, problemsOf, slotProblems, type Slots } from './slot-problems.ts';

/** A photo that has arrived, with its job. */
export interface Sent {
  readonly job: Job;
  readonly photo: Photo;
}

interface Props {
  readonly campaign: CampaignView;
  readonly draft: Slots;
  readonly onDraft: (slots: Slots) => void;
  readonly onSent: (sent: Sent) => void;
}

interface Transfer {
  readonly fraction: number;
  readonly pause: Pause | undefined;
}

const none: FormProblems = { slots: {} };

function revoke(photo: Photo | undefined): void {
  if (photo !== undefined) {
    URL.revokeObjectURL(photo.url);
  }
}

const omit = (slots: Slots, id: string): Slots =>
  Object.fromEntries(Object.entries(slots).filter(([key]) => key !== id));

export function CampaignForm({ campaign, draft, onDraft, onSent }: Props) {
  const [photo, setPhoto] = useState<Photo>();
  const [problems, setProblems] = useState(none);
  /** Counts refusals, so that each brings the person to the first field to mend, and typing does not. */
  const [refusals, setRefusals] = useState(0);
  const [transfer, setTransfer] = useState<Transfer>();
  const controller = useRef<AbortController>(undefined);
  const form = useRef<HTMLFormElement>(null);
  /** The photo whose URL this form has to revoke; one that was sent is shown by the next page. */
  const kept = useRef<Photo>(undefined);
  // Leaving the page ends the upload.
  useEffect(
    () => () => {
      controller.current?.abort();
      revoke(kept.current);
    },
    [],
  );
  useEffect(() => {
    if (refusals > 0) {
      focusFirstProblem(form.current);
    }
  }, [refusals]);
  useEffect(() => (transfer === undefined ? undefined : askBeforeLeaving()), [transfer === undefined]);

  const replacePhoto = (next: Photo | undefined): void => {
    revoke(kept.current);
    kept.current = next;
    setPhoto(next);
  };

  const refuse = (found: FormProblems): void => {
    setProblems(found);
    setRefusals((count) => count + 1);
  };

  const submit = async (): Promise<void> => {
    const slots = slotProblems(campaign.slots, draft);
    if (photo === undefined || Object.keys(slots).length > 0) {
      refuse({ slots, photo: photo === undefined ? 'Choose a picture of yourself first.' : undefined });
      return;
    }
    setProblems(none);
    setTransfer({ fraction: 0, pause: undefined });
    const { signal } = (controller.current = new AbortController());
    try {
      const job = await send({
        campaign: campaign.id,
        slots: Object.fromEntries(Object.entries(draft).filter(([, text]) => text.trim() !== '')),
        photo,
        signal,
        onProgress: (fraction) => {
          setTransfer({ fraction, pause: undefined });
        },
        onPause: (pause) => {
          setTransfer({ fraction: 0, pause });
        },
      });
      kept.current = undefined;
      onSent({ job, photo });
    } catch (error) {
      setTransfer(undefined);
      if (error !== signal.reason) {
        refuse(
          error instanceof RefusedError
            ? problemsOf(error.problem, campaign.slots)
            : { slots: {}, rest: inWords(error) },
        );
      }
    }
  };

  if (transfer !== undefined && photo !== undefined) {
    return (
      <Progress
        stage="sending"
        photoUrl={photo.url}
        fraction={transfer.fraction}
        pause={transfer.pause}
        onCancel={() => controller.current?.abort()}
      />
    );
  }
  return (
    <div class="entry">
      <div class="entry-campaign">
        <BackLink />
        <Heading title={campaign.title} />
        <p class="entry-lead">{campaign.description}</p>
        <CampaignPictures campaign={campaign} />
      </div>
      <form
        ref={form}
        class="entry-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <section aria-labelledby="photo-heading">
          <h2 id="photo-heading">Your photo</h2>
          <PhotoPicker
            limits={campaign.limits}
            photo={photo}
            problem={problems.photo}
            onPhoto={replacePhoto}
            onProblem={(sentence) => {
              setProblems((all) => ({ ...all, photo: sentence }));
            }}
          />
        </section>
        {campaign.slots.length > 0 && (
          <section aria-labelledby="words-heading">
            <h2 id="words-heading">Your words</h2>
            {campaign.slots.map((slot) => (
              <SlotField
                key={slot.id}
                slot={slot}
                text={draft[slot.id] ?? ''}
                problem={problems.slots[slot.id]}
                onText={(text) => {
                  onDraft({ ...draft, [slot.id]: text });
                  setProblems((all) => ({ ...all, slots: omit(all.slots, slot.id) }));
                }}
              />
            ))}
          </section>
        )}
        <div class="entry-send">
          <div role="alert">
            {problems.rest !== undefined && (
              <p class="notice notice-problem" tabIndex={-1}>
                {problems.rest}
              </p>
            )}
          </div>
          <button type="submit" class="button button-strong">
            Make my pictures
          </button>
          <p class="hint">
            Your photo is erased after about a day. When you have your pictures you can erase everything at
            once.
          </p>
        </div>
      </form>
    </div>
  );
}
