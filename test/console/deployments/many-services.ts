import type { Page, Route } from 'playwright-core';
import type { EventList, EventSummary, ServiceList } from '../../../functions/contracts/deployment-report.ts';

const parts = [
  'basket',
  'login',
  'mail',
  'orders',
  'pages',
  'payments',
  'prices',
  'reviews',
  'search',
  'stock',
];

/** 3 000 services of 400 customers, of 60 teams. */
const services: ServiceList['services'] = Array.from({ length: 3000 }, (_, index) => ({
  service: `customer-${String(index % 400).padStart(3, '0')}-${parts[index % parts.length]}-${Math.floor(index / 400)}`,
  team: `team-${String(index % 60).padStart(2, '0')}`,
  isOwned: true,
  open: index % 97 === 0 ? 1 : 0,
})).toSorted((a, b) => (a.service < b.service ? -1 : 1));

/** The reports of an organisation of 3 000 services, in the place of the stage's: figures stay those of the stage. */
export class ManyServices {
  /** How often figures were asked for. */
  figuresAsked = 0;
  /** Events so far. */
  made = 0;
  readonly #due: number[] = [];
  #waiting: Route | undefined;

  async answer(page: Page): Promise<void> {
    await page.route(/\/deployments\/services\?/u, (route) => route.fulfill({ json: this.#services(route) }));
    await page.route(/\/deployments\/metrics/u, (route) => {
      this.figuresAsked += 1;
      return route.fallback();
    });
    await page.route(/\/deployments\/events\?/u, async (route) => {
      const list = this.#list(route);
      if (list === undefined) {
        this.#waiting = route;
      } else {
        await route.fulfill({ json: list });
      }
    });
  }

  /** So many events come in at once; whoever follows is told with its next question, or at once. */
  async happen(count: number): Promise<void> {
    this.#due.push(count);
    const waiting = this.#waiting;
    const list = waiting === undefined ? undefined : this.#list(waiting);
    this.#waiting = undefined;
    await waiting?.fulfill({ json: list });
  }

  #services(route: Route): ServiceList {
    const after = new URL(route.request().url()).searchParams.get('after') ?? '';
    const rest = services.filter(({ service }) => service > after);
    const page = rest.slice(0, 500);
    const last = page.at(-1);
    return { services: page, ...(rest.length > page.length && last ? { cursor: last.service } : {}) };
  }

  #list(route: Route): EventList | undefined {
    const query = new URL(route.request().url()).searchParams;
    if (query.get('after') === 'now') {
      return { events: [], cursor: '1-0' };
    }
    if (!query.has('after')) {
      return { events: this.#make(100), cursor: '1.older' };
    }
    const flood = this.#due.shift();
    return flood === undefined ? undefined : { events: this.#make(flood), cursor: `1-${this.made}` };
  }

  #make(count: number): EventSummary[] {
    return Array.from({ length: count }, () => {
      this.made += 1;
      const { service = '', team = '' } = services[(this.made * 37) % services.length] ?? {};
      const at = new Date(Date.UTC(2026, 5, 1) + this.made * 1000).toISOString();
      return {
        id: `${service}~${String(this.made).padStart(16, '0')}`,
        service,
        team,
        type: this.made % 9 === 0 ? 'incident.detected' : 'service.deployed',
        at,
        receivedAt: at,
        subject: service,
        environment: 'production',
        artifact: `pkg:oci/${service}@1.${this.made}`,
        marks: [],
      };
    });
  }
}
