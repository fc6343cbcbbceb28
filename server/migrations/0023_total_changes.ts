import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/**
 * What has changed since it was put into the totals, noted where it changes, so that reading them need not compare all
 * reports of a campaign; values that are listed or told apart by specifics; where published figures belong.
 */
export async function up(tx: Tx): Promise<void> {
  await changes(tx)
  await sql`alter table report_figures add column entries jsonb`.execute(tx)
  await sql`alter table consolidated_campaigns add column compared_at timestamptz`.execute(tx)
  await sql`alter table summaries add column published_figures jsonb`.execute(tx)
  // Figures without entries would be short of them: all are worked out anew from the submissions.
  await sql`delete from total_blocks`.execute(tx)
  await sql`
    insert into total_changes (campaign_id, report_id)
    select campaign_id, id from reports where state in ('sent', 'accepted')`.execute(tx)
}

/** Rows are only added here and taken away by whoever folds: at a deadline nobody waits for anybody. */
async function changes(tx: Tx): Promise<void> {
  await sql`
    create table total_changes (
      id bigint generated always as identity primary key,
      campaign_id uuid not null,
      report_id uuid not null
    )`.execute(tx)
  await sql`create index total_changes_of_campaign on total_changes (campaign_id, id)`.execute(tx)
  await sql`create index total_changes_of_report on total_changes (report_id)`.execute(tx)
  await sql`
    create function note_changed_report() returns trigger language plpgsql as $$
    begin
      insert into total_changes (campaign_id, report_id) values (new.campaign_id, new.id);
      return null;
    end $$`.execute(tx)
  await sql`
    create trigger reports_sent_at_once after insert on reports for each row
      when (new.state in ('sent', 'accepted')) execute function note_changed_report()`.execute(tx)
  await sql`
    create trigger reports_changed after update of state, sent_at on reports for each row
      when ((old.state is distinct from new.state or old.sent_at is distinct from new.sent_at)
        and (old.state in ('sent', 'accepted') or new.state in ('sent', 'accepted')))
      execute function note_changed_report()`.execute(tx)
  await sql`
    create function note_moved_organisation() returns trigger language plpgsql as $$
    begin
      insert into total_changes (campaign_id, report_id)
      select campaign_id, id from reports where organisation_id = new.id and state in ('sent', 'accepted');
      return null;
    end $$`.execute(tx)
  await sql`
    create trigger organisations_moved after update of parent_id, region_code, kind on organisations for each row
      when (old.parent_id is distinct from new.parent_id or old.region_code is distinct from new.region_code
        or old.kind is distinct from new.kind)
      execute function note_moved_organisation()`.execute(tx)
}
