import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type {
  Better,
  Breaks,
  IndicatorPull,
  IndicatorSource,
  Merging,
  Periodicity,
} from '../../../contracts/indicators.ts'
import type { GivenPlan } from './plans/exchange/given.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>
type OptionalId = OptionalText
/** `YYYY-MM-DD`. */
type Day = string
type OptionalDay = OptionalText
/** An exact decimal as text. */
type OptionalNumber = OptionalText

export interface RoadmapTables {
  roadmaps: {
    id: string
    code: string
    title: string
    short_title: string
    purpose: string
    starts_on: Day
    deadline: Moment
    time_zone: string
    published_at: OptionalMoment
    published_by: OptionalId
    version: Generated<number>
    created_at: Moment
    created_by: OptionalId
  }
  roadmap_regions: { roadmap_id: string; region_code: string; added_at: Moment }
  roadmap_sections: { id: string; roadmap_id: string; position: number; number: string; title: string }
  measures: {
    id: string
    roadmap_id: string
    section_id: string
    /** Null: one of the federal template. */
    region_code: OptionalText
    /** The measure of the template that this one was spread from. */
    template_id: OptionalId
    position: number
    number: string
    title: string
    expected_result: Generated<string>
    starts_on: OptionalDay
    due_on: Day
    organisation_id: OptionalId
    organisation_name: Generated<string>
    responsible_person: Generated<string>
    indicator_id: OptionalId
    evidence_kinds: ColumnType<string[], string[] | undefined, string[]>
    done_on: OptionalDay
    percent: Generated<number>
    reported_at: OptionalMoment
    cancelled_at: OptionalMoment
    cancelled_by: OptionalId
    cancel_reason: OptionalText
    version: Generated<number>
    created_at: Moment
    created_by: OptionalId
  }
  measure_co_executors: { measure_id: string; position: number; organisation_id: OptionalId; name: string }
  measure_links: { measure_id: string; after_id: string }
  measure_changes: {
    id: Generated<number>
    measure_id: string
    at: Moment
    by: OptionalId
    field: string
    old_value: OptionalText
    new_value: OptionalText
    reason: OptionalText
    version: ColumnType<number | null, number | null | undefined, number | null>
  }
  measure_reports: {
    id: string
    measure_id: string
    at: Moment
    by: OptionalId
    text: string
    percent: number
    done_on: OptionalDay
    returned_at: OptionalMoment
    returned_by: OptionalId
    return_reason: OptionalText
  }
  measure_report_files: { report_id: string; file_id: string; kind: OptionalText }
  measure_remarks: {
    id: string
    measure_id: string
    at: Moment
    by: OptionalId
    text: string
    answer: OptionalText
    answered_at: OptionalMoment
    answered_by: OptionalId
    settled_at: OptionalMoment
    settled_by: OptionalId
  }
  measure_imports: {
    id: string
    roadmap_id: string
    /** Null: into the template. */
    region_code: OptionalText
    file_name: string
    given: JSONColumnType<GivenPlan>
    created_at: Moment
    created_by: OptionalId
    applied_at: OptionalMoment
    applied_by: OptionalId
  }
  measure_reminders: { measure_id: string; due_on: Day; days_before: number; told_at: Moment }
  indicators: {
    id: string
    roadmap_id: string
    section_id: OptionalId
    position: number
    code: string
    title: string
    definition: Generated<string>
    unit: string
    decimals: Generated<number>
    better: ColumnType<Better, Better | undefined, Better>
    level: ColumnType<'region' | 'country', 'region' | 'country' | undefined, 'region' | 'country'>
    source: ColumnType<IndicatorSource, IndicatorSource | undefined, IndicatorSource>
    formula: OptionalText
    pull: JSONColumnType<IndicatorPull> | null
    periodicity: ColumnType<Periodicity, Periodicity | undefined, Periodicity>
    merging: ColumnType<Merging, Merging | undefined, Merging>
    weight_id: OptionalId
    breaks: ColumnType<Breaks, Breaks | undefined, Breaks>
    public: Generated<boolean>
    counts_people: Generated<boolean>
    least: OptionalNumber
    most: OptionalNumber
    jump_percent: OptionalNumber
    version: Generated<number>
    archived_at: OptionalMoment
    created_at: Moment
  }
  indicator_figures: {
    indicator_id: string
    /** `*` for the one figure of the whole country. */
    region_code: string
    /** The first day of the period. */
    period: Day
    plan: OptionalNumber
    fact: OptionalNumber
    explanation: OptionalText
    entered_at: OptionalMoment
    entered_by: OptionalId
    confirmed_at: OptionalMoment
    confirmed_by: OptionalId
    returned_at: OptionalMoment
    returned_by: OptionalId
    return_reason: OptionalText
    published_plan: OptionalNumber
    published_fact: OptionalNumber
    published_at: OptionalMoment
    version: Generated<number>
  }
  indicator_changes: {
    id: Generated<number>
    indicator_id: string
    region_code: string
    period: Day
    /** Of the figure that the change has led to. */
    version: number
    at: Moment
    by: OptionalId
    field: string
    old_value: OptionalText
    new_value: OptionalText
    reason: OptionalText
  }
  roadmap_publications: {
    roadmap_id: string
    periodicity: Periodicity
    period: Day
    published_at: Moment
    published_by: OptionalId
  }
  roadmap_nudges: {
    id: string
    roadmap_id: string
    asked_at: Moment
    asked_by: OptionalId
    words: OptionalText
    sent_at: OptionalMoment
  }
  measure_nudges: { measure_id: string; asked_on: Day; nudge_id: string }
  figure_nudges: { indicator_id: string; region_code: string; period: Day; asked_on: Day; nudge_id: string }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends RoadmapTables {}
}
