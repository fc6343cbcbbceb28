/** Who may do what: the policy table, and grants with their scopes. */
export { heldThrough, type LentGrant } from './delegation.ts'
export { type Grant, Grants, type Placed, type Scope, type Scopes } from './grants.ts'
export { inGroups, lendable, permissionNames, tokenable } from './permission-names.ts'
export { allows, isPermission, isRole, type Permission, permissions, type Role, roleNames, roles } from './policy.ts'
