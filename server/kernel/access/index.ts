/** Who may do what: the policy table, and grants with their scopes. */
export { type Grant, Grants, type Placed, type Scope, type Scopes } from './grants.ts'
export { allows, isRole, type Permission, type Role, roleNames, roles } from './policy.ts'
