import type { CompiledModel } from '../../compile/model.ts';
import { formOf } from '../../compile/slice/form.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { classesOf, ownSlice, tellInWhole } from './own-slice.ts';
import type { ServiceCycles } from './service-cycles.ts';

/** Characters of forms that are kept: some 100 MB. Services met after that have estimates of their own. */
const MOST_CHARACTERS = 100_000_000;

/** An estimate told in the modes of the slice it was made in. */
interface Known {
  readonly service: string;
  readonly cycles: ServiceCycles;
  readonly attribution: ReadonlyMap<number, number>;
}

/**
 * Estimates of one run. A service whose cone is that of another under other names has its estimate (methods §2.10): a regular
 * cloud needs as many estimates as it has kinds of services.
 */
export class SharedEstimates {
  private readonly known = new Map<string, Known>();
  private characters = 0;

  /** What services alike have in common; undefined where nothing can be said, in models that are no more than the service. */
  form(model: CompiledModel, service: number, asked: string): string | undefined {
    const slice = ownSlice(model, service);
    return slice === undefined ? undefined : `${asked} ${formOf(slice.model)}`;
  }

  /** The estimate of a service alike, told in the names of this one. */
  find(form: string, model: CompiledModel, service: number): ServiceCycles | undefined {
    const known = this.known.get(form);
    if (known === undefined) return undefined;
    const { cycles } = known;
    const totals: CycleTotals = Object.assign(Object.create(CycleTotals.prototype) as CycleTotals, cycles.totals, {
      attribution: new Map(known.attribution),
    });
    tellInWhole(model, service, totals);
    const slice = ownSlice(model, service)!;
    const { names } = classesOf(slice.model, slice.places.service[service]!);
    return { ...cycles, totals, classNames: names, events: 0, alike: known.service };
  }

  /** Keeps an estimate that has not been told in the names of the whole model yet. */
  keep(form: string, service: string, cycles: ServiceCycles): void {
    if (this.characters + form.length > MOST_CHARACTERS) return;
    this.characters += form.length;
    this.known.set(form, { service, cycles, attribution: new Map(cycles.totals.attribution) });
  }
}
