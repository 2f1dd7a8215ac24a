-- Nothing incompatible is ever laid on a right, whichever module writes the row: an exclusion constraint.
create function rights_encumbrance_check() returns trigger language plpgsql as $$
begin
    if new.released_at is not null then return new; end if;
    perform 1 from rights_right r where r.id = new.right_id for update;
    if exists (select 1 from rights_right r where r.id = new.right_id and r.encumbrance = 'lapsed')
        or exists (select 1 from rights_encumbrance e
            join rights_compatibility c on c.wanted = new.kind and c.held = e.kind
            where e.right_id = new.right_id and e.released_at is null and c.since <= new.since
                and (c.until is null or c.until > new.since)
                and (c.verdict = 'never' or not new.consented)) then
        raise exclusion_violation using constraint = 'rights_encumbrance_free', message = 'the right is not free';
    end if;
    return new;
end
$$;
create trigger rights_encumbrance_free before insert on rights_encumbrance
    for each row execute function rights_encumbrance_check();
create function rights_encumbrance_keep() returns trigger language plpgsql as $$
begin
    if (old.released_at is not null and (new.released_at is null or new.released_at <> old.released_at))
        or new.right_id <> old.right_id or new.kind <> old.kind then
        raise exclusion_violation using constraint = 'rights_encumbrance_stays', message = 'an encumbrance is only released';
    end if;
    return new;
end
$$;
create trigger rights_encumbrance_stays before update on rights_encumbrance
    for each row execute function rights_encumbrance_keep();
