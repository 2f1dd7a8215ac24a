-- Nothing incompatible is ever laid on a right, whichever module writes the row: an exclusion constraint.
create trigger rights_encumbrance_free before insert on rights_encumbrance
when new.released_at is null
    and (exists (select 1 from rights_right r where r.id = new.right_id and r.encumbrance = 'lapsed')
        or exists (select 1 from rights_encumbrance e
            join rights_compatibility c on c.wanted = new.kind and c.held = e.kind
            where e.right_id = new.right_id and e.released_at is null and c.since <= new.since
                and (c.until is null or c.until > new.since)
                and (c.verdict = 'never' or new.consented = 0)))
begin
    select raise(abort, 'rights_encumbrance_free');
end;
create trigger rights_encumbrance_stays before update on rights_encumbrance
when (old.released_at is not null and (new.released_at is null or new.released_at <> old.released_at))
    or new.right_id <> old.right_id or new.kind <> old.kind
begin
    select raise(abort, 'rights_encumbrance_stays');
end;
