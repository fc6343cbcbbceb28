import { Checkboxes, Stack, Text } from '../../../../web/kit/index.ts'
import { inGroups, type Permission, permissionNames } from '../../../kernel/access/index.ts'

type PermissionChoiceProps = {
  legend: string
  permissions: readonly Permission[]
  chosen: readonly string[]
  error?: string | undefined
}

/** Permissions to tick, by groups; the form sends `permissions` once for each. */
export const PermissionChoice = ({ legend, permissions, chosen, error }: PermissionChoiceProps) => (
  <Stack space="small">
    <Text>
      <b>{legend}</b>
    </Text>
    {inGroups(permissions).map(({ group, permissions: members }, index) => (
      <Checkboxes
        key={group}
        name="permissions"
        label={group}
        {...(index === 0 ? { error } : { id: `permissions-of-${index}` })}
        options={members.map((permission) => ({ value: permission, text: permissionNames[permission].name }))}
        values={chosen}
      />
    ))}
  </Stack>
)

/** The ticked values of a form that is shown again: a name that stood several times came as lines of one text. */
export const tickedIn = (text: string | undefined): string[] => (text ?? '').split('\n').filter(Boolean)
