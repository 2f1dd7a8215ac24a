-- Number and hash of the last audit record that was removed when its time was over; the chain begins after it.
create table kernel_audit_anchor (
    id integer primary key check (id = 1),
    sequence bigint not null,
    hash text not null
);
insert into kernel_audit_anchor (id, sequence, hash) values (1, 0, '');
