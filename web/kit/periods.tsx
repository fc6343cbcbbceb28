import { Options } from './fields.tsx'
import type { Option } from './types.ts'

/** One of several periods, the earliest first, in a filter. With a script it is a slider that renews `[data-part]` of the page. */
export function PeriodChoice({ name, options, value }: { name: string; options: readonly Option[]; value?: string }) {
  return (
    <div data-slider>
      <label for={`f-${name}`}>Период</label>
      <select class="input input-s" id={`f-${name}`} name={name}>
        <Options options={options} value={value} />
      </select>
    </div>
  )
}
