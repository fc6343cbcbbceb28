import type { Migration } from '../kernel/db/index.ts'
import { up as kernel } from './0001_kernel.ts'
import { up as identity } from './0002_identity.ts'
import { up as organisations } from './0003_organisations.ts'
import { up as messages } from './0004_messages.ts'
import { up as applications } from './0005_applications.ts'
import { up as reporting } from './0006_reporting.ts'
import { up as keptPosts } from './0007_kept_posts.ts'
import { up as doors } from './0008_doors.ts'
import { up as registry } from './0009_registry.ts'
import { up as imports } from './0010_imports.ts'
import { up as applicationService } from './0011_application_service.ts'
import { up as mailbox } from './0012_mailbox.ts'
import { up as messageChoices } from './0013_message_choices.ts'
import { up as service } from './0014_service.ts'
import { up as formVersions } from './0015_form_versions.ts'
import { up as campaignTerms } from './0016_campaign_terms.ts'
import { up as pulledCells } from './0017_pulled_cells.ts'
import { up as commonWork } from './0018_common_work.ts'
import { up as acceptance } from './0019_acceptance.ts'
import { up as consolidation } from './0020_consolidation.ts'
import { up as exchange } from './0021_exchange.ts'
import { up as formDrafts } from './0022_form_drafts.ts'
import { up as totalChanges } from './0023_total_changes.ts'
import { up as roadmap } from './0024_roadmap.ts'
import { up as tokenReach } from './0025_token_reach.ts'

/** In the order in which they are applied; a migration that has landed is never changed. */
export const migrations: readonly Migration[] = [
  { name: '0001_kernel', up: kernel },
  { name: '0002_identity', up: identity },
  { name: '0003_organisations', up: organisations },
  { name: '0004_messages', up: messages },
  { name: '0005_applications', up: applications },
  { name: '0006_reporting', up: reporting },
  { name: '0007_kept_posts', up: keptPosts },
  { name: '0008_doors', up: doors },
  { name: '0009_registry', up: registry },
  { name: '0010_imports', up: imports },
  { name: '0011_application_service', up: applicationService },
  { name: '0012_mailbox', up: mailbox },
  { name: '0013_message_choices', up: messageChoices },
  { name: '0014_service', up: service },
  { name: '0015_form_versions', up: formVersions },
  { name: '0016_campaign_terms', up: campaignTerms },
  { name: '0017_pulled_cells', up: pulledCells },
  { name: '0018_common_work', up: commonWork },
  { name: '0019_acceptance', up: acceptance },
  { name: '0020_consolidation', up: consolidation },
  { name: '0021_exchange', up: exchange },
  { name: '0022_form_drafts', up: formDrafts },
  { name: '0023_total_changes', up: totalChanges },
  { name: '0024_roadmap', up: roadmap },
  { name: '0025_token_reach', up: tokenReach },
]
