import { Icon } from '../parts/icon.tsx';
import { fragmentOf } from '../route.ts';

export function BackLink() {
  return (
    <a class="back" href={fragmentOf({ page: 'campaigns' })}>
      <Icon name="back" />
      All campaigns
    </a>
  );
}
