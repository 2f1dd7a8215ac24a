-- Who did it, so that nobody is told of his own acts; never shown.
alter table kernel_event add column actor text not null default '';
