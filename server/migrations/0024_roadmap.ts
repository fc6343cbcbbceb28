import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Monitoring of a roadmap: the roadmap with its regions and sections, measures of its plans, indicators. */
export async function up(tx: Tx): Promise<void> {
  await roadmaps(tx)
  await measures(tx)
  await progress(tx)
  await indicators(tx)
  await figures(tx)
  await nudges(tx)
  await sql`alter table grants add column parts text[]`.execute(tx)
}

async function roadmaps(tx: Tx): Promise<void> {
  await sql`
    create table roadmaps (
      id uuid primary key,
      -- A part of the public address.
      code text not null unique check (code ~ '^[a-z0-9](-?[a-z0-9])*$'),
      title text not null,
      short_title text not null,
      purpose text not null,
      starts_on date not null,
      deadline timestamptz not null,
      time_zone text not null,
      published_at timestamptz,
      published_by uuid references accounts (id) deferrable initially immediate,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`
    create table roadmap_regions (
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      region_code text not null references regions (code) deferrable initially immediate,
      added_at timestamptz not null default now(),
      primary key (roadmap_id, region_code)
    )`.execute(tx)
  await sql`
    create table roadmap_sections (
      id uuid primary key,
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      position integer not null,
      number text not null,
      title text not null
    )`.execute(tx)
  await sql`create index roadmap_sections_of on roadmap_sections (roadmap_id, position)`.execute(tx)
}

/** Without a region a measure is one of the federal template; a region's copy of it names it. */
async function measures(tx: Tx): Promise<void> {
  await sql`
    create table measures (
      id uuid primary key,
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      section_id uuid not null references roadmap_sections (id) deferrable initially immediate,
      region_code text references regions (code) deferrable initially immediate,
      template_id uuid references measures (id) deferrable initially immediate,
      position integer not null,
      number text not null,
      title text not null,
      expected_result text not null default '',
      starts_on date,
      due_on date not null,
      organisation_id uuid references organisations (id) deferrable initially immediate,
      -- As it stands in the plan, when the registry does not have it.
      organisation_name text not null default '',
      responsible_person text not null default '',
      indicator_id uuid,
      evidence_kinds text[] not null default '{}',
      -- The day that the last report which claims completion, and was not returned, says.
      done_on date,
      percent integer not null default 0 check (percent between 0 and 100),
      reported_at timestamptz,
      cancelled_at timestamptz,
      cancelled_by uuid references accounts (id) deferrable initially immediate,
      cancel_reason text,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate,
      check (starts_on is null or starts_on <= due_on),
      check (template_id is null or region_code is not null),
      unique (template_id, region_code)
    )`.execute(tx)
  await sql`create index measures_of on measures (roadmap_id, region_code, position)`.execute(tx)
  await sql`create index measures_of_organisation on measures (organisation_id)`.execute(tx)
  await sql`
    create table measure_co_executors (
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      position integer not null,
      organisation_id uuid references organisations (id) deferrable initially immediate,
      name text not null,
      primary key (measure_id, position)
    )`.execute(tx)
  await sql`
    create table measure_links (
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      after_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      primary key (measure_id, after_id),
      check (measure_id <> after_id)
    )`.execute(tx)
  await sql`create index measure_links_after on measure_links (after_id)`.execute(tx)
  await sql`
    create table measure_changes (
      id bigint generated always as identity primary key,
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      field text not null,
      old_value text,
      new_value text,
      reason text,
      -- Of the measure since then: tells whoever changed an older one what has happened meanwhile.
      version integer
    )`.execute(tx)
  await sql`create index measure_changes_of on measure_changes (measure_id, id)`.execute(tx)
}

async function progress(tx: Tx): Promise<void> {
  await sql`
    create table measure_reports (
      id uuid primary key,
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      text text not null,
      percent integer not null check (percent between 0 and 100),
      -- Claims that the measure was completed on this day.
      done_on date,
      returned_at timestamptz,
      returned_by uuid references accounts (id) deferrable initially immediate,
      return_reason text
    )`.execute(tx)
  await sql`create index measure_reports_of on measure_reports (measure_id, at)`.execute(tx)
  await sql`
    create table measure_report_files (
      report_id uuid not null references measure_reports (id) on delete cascade deferrable initially immediate,
      file_id uuid not null references files (id) deferrable initially immediate,
      -- One of the measure's kinds of evidence; null: besides.
      kind text,
      primary key (report_id, file_id)
    )`.execute(tx)
  await sql`
    create table measure_remarks (
      id uuid primary key,
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      text text not null,
      answer text,
      answered_at timestamptz,
      answered_by uuid references accounts (id) deferrable initially immediate,
      settled_at timestamptz,
      settled_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  await sql`create index measure_remarks_of on measure_remarks (measure_id, at)`.execute(tx)
  // A table of a plan that was given and looked at; it is of no use the day after.
  await sql`
    create table measure_imports (
      id uuid primary key,
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      -- Null: into the template.
      region_code text references regions (code) deferrable initially immediate,
      file_name text not null,
      given jsonb not null,
      created_at timestamptz not null default now(),
      created_by uuid references accounts (id) deferrable initially immediate,
      applied_at timestamptz,
      applied_by uuid references accounts (id) deferrable initially immediate
    )`.execute(tx)
  // What was already told about a term: each day of the plan of reminders once.
  await sql`
    create table measure_reminders (
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      due_on date not null,
      days_before integer not null,
      told_at timestamptz not null default now(),
      primary key (measure_id, due_on, days_before)
    )`.execute(tx)
}

async function indicators(tx: Tx): Promise<void> {
  await sql`
    create table indicators (
      id uuid primary key,
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      section_id uuid references roadmap_sections (id) deferrable initially immediate,
      position integer not null,
      -- Its name in formulas.
      code text not null check (code ~ '^[a-zа-яё][a-zа-яё0-9_]*$'),
      title text not null,
      definition text not null default '',
      unit text not null,
      decimals integer not null default 0 check (decimals between 0 and 6),
      better text not null default 'more' check (better in ('more', 'less', 'neither')),
      -- Of a region, or one figure for the whole country, which the coordinator enters.
      level text not null default 'region' check (level in ('region', 'country')),
      source text not null default 'entered' check (source in ('entered', 'computed', 'reporting')),
      formula text,
      pull jsonb,
      periodicity text not null default 'quarter' check (periodicity in ('month', 'quarter', 'half', 'year')),
      -- How regions' figures make the country's.
      merging text not null default 'sum' check (merging in ('sum', 'average', 'weighted', 'max', 'min', 'none')),
      weight_id uuid references indicators (id) deferrable initially immediate,
      breaks text not null default 'quantile' check (breaks in ('quantile', 'equal', 'natural')),
      public boolean not null default true,
      -- Its published sum is the number of people involved on the landing page.
      counts_people boolean not null default false,
      least numeric,
      most numeric,
      -- A change against the last period by more than so many per cent asks for an explanation.
      jump_percent numeric default 50,
      version integer not null default 1,
      archived_at timestamptz,
      created_at timestamptz not null default now(),
      unique (roadmap_id, code),
      check (source <> 'computed' or formula is not null),
      check (source <> 'reporting' or pull is not null)
    )`.execute(tx)
  await sql`
    alter table measures
      add foreign key (indicator_id) references indicators (id) deferrable initially immediate`.execute(tx)
}

async function figures(tx: Tx): Promise<void> {
  await sql`
    create table indicator_figures (
      indicator_id uuid not null references indicators (id) on delete cascade deferrable initially immediate,
      -- '*' for the one figure of the whole country.
      region_code text not null,
      -- The first day of the period.
      period date not null,
      plan numeric,
      fact numeric,
      explanation text,
      entered_at timestamptz,
      entered_by uuid references accounts (id) deferrable initially immediate,
      confirmed_at timestamptz,
      confirmed_by uuid references accounts (id) deferrable initially immediate,
      returned_at timestamptz,
      returned_by uuid references accounts (id) deferrable initially immediate,
      return_reason text,
      -- What everybody sees: as it was when it was published, whatever is corrected later.
      published_plan numeric,
      published_fact numeric,
      published_at timestamptz,
      version integer not null default 1,
      primary key (indicator_id, region_code, period)
    )`.execute(tx)
  await sql`create index indicator_figures_of_region on indicator_figures (region_code, period)`.execute(tx)
  await sql`
    create table indicator_changes (
      id bigint generated always as identity primary key,
      indicator_id uuid not null references indicators (id) on delete cascade deferrable initially immediate,
      region_code text not null,
      period date not null,
      -- Of the figure that the change has led to: whoever saves an older one is told what changed since.
      version integer not null,
      at timestamptz not null default now(),
      by uuid references accounts (id) deferrable initially immediate,
      field text not null,
      old_value text,
      new_value text,
      reason text
    )`.execute(tx)
  await sql`create index indicator_changes_of on indicator_changes (indicator_id, region_code, period, id)`.execute(tx)
  await sql`
    create table roadmap_publications (
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      periodicity text not null,
      period date not null,
      published_at timestamptz not null default now(),
      published_by uuid references accounts (id) deferrable initially immediate,
      primary key (roadmap_id, periodicity, period)
    )`.execute(tx)
}

/** What the coordinator asks regions for by hand: of a measure, of a figure, once a day each. */
async function nudges(tx: Tx): Promise<void> {
  await sql`
    create table roadmap_nudges (
      id uuid primary key,
      roadmap_id uuid not null references roadmaps (id) on delete cascade deferrable initially immediate,
      asked_at timestamptz not null default now(),
      asked_by uuid references accounts (id) deferrable initially immediate,
      words text,
      sent_at timestamptz
    )`.execute(tx)
  await sql`
    create table measure_nudges (
      measure_id uuid not null references measures (id) on delete cascade deferrable initially immediate,
      asked_on date not null,
      nudge_id uuid not null references roadmap_nudges (id) on delete cascade deferrable initially immediate,
      primary key (measure_id, asked_on)
    )`.execute(tx)
  await sql`create index measure_nudges_of on measure_nudges (nudge_id)`.execute(tx)
  await sql`
    create table figure_nudges (
      indicator_id uuid not null references indicators (id) on delete cascade deferrable initially immediate,
      region_code text not null,
      period date not null,
      asked_on date not null,
      nudge_id uuid not null references roadmap_nudges (id) on delete cascade deferrable initially immediate,
      primary key (indicator_id, region_code, period, asked_on)
    )`.execute(tx)
  await sql`create index figure_nudges_of on figure_nudges (nudge_id)`.execute(tx)
}
