-- Names have one key each, of another kind: all are stored anew when the module seeds its data.
delete from registry_name_key;
