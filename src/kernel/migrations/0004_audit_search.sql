-- The audit administrator filters by action.
create index kernel_audit_action on kernel_audit (action, sequence);
