The sqlite3 shell: SQL and dot-commands as agents write them.

### create, insert and select
sqlite3 t.db "create table users(id integer primary key, name text not null, age int); insert into users(name, age) values('Ada',36),('Alan',41),('Grace',NULL);"; sqlite3 t.db 'select * from users'; sqlite3 t.db 'select count(*), avg(age), max(name), total(age) from users'; sqlite3 t.db "select name from users where age > 36 or age is null order by name desc"; ls; file_size=$(stat -c %s t.db); echo $((file_size % 4096))

### output modes
sqlite3 t.db "create table t(id int, name text, price real); insert into t values(1,'pen',1.5),(2,'big, \"book\"',NULL),(3,'x''y',100000000000.0)"; for m in list csv column table box markdown json line tabs html insert quote ascii; do echo "-- $m"; sqlite3 t.db ".mode $m" ".headers on" 'select * from t' | tr '\036\037' '~,'; done

### options for the output
sqlite3 t.db "create table t(a,b); insert into t values(1,'x'),(2,NULL)"; sqlite3 -header -csv t.db 'select * from t'; sqlite3 -json t.db 'select * from t'; sqlite3 -column -header t.db 'select a, b as "long name" from t'; sqlite3 -separator ';' t.db 'select * from t'; sqlite3 -nullvalue NULL t.db 'select * from t'; sqlite3 -line t.db 'select * from t'; sqlite3 -html t.db 'select * from t'; sqlite3 -table t.db 'select * from t'; sqlite3 -markdown t.db 'select * from t'; sqlite3 -noheader -list t.db 'select * from t'; sqlite3 -quote t.db 'select * from t'; sqlite3 -newline '|' -tabs t.db 'select * from t'; echo; sqlite3 -json t.db 'select * from t where 0'; sqlite3 -csv -header t.db 'select * from t where 0'; echo "$?"

### from a script on standard input
sqlite3 t.db <<'SQL'
-- a comment
CREATE TABLE log(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  level TEXT CHECK(level IN ('info','error')),
  msg TEXT DEFAULT 'none'
);
INSERT INTO log(level, msg) VALUES ('info', 'start'), ('error', 'it''s broken');
INSERT INTO log(level) VALUES ('info');
.headers on
.mode column
SELECT * FROM log;
/* the end */
SELECT level, COUNT(*) AS n FROM log GROUP BY level HAVING n >= 1 ORDER BY 2 DESC;
SQL
echo $?; cat > q.sql <<'SQL'
.mode csv
select msg from log;
SQL
sqlite3 t.db < q.sql; sqlite3 t.db '.read q.sql'; sqlite3 t.db ".once out.txt" "select 'to a file'"; cat out.txt; sqlite3 t.db '.output o2.txt' 'select 1' '.output' 'select 2'; cat o2.txt; sqlite3 t.db -init q.sql 'select 7' 2>&1

### import and export of CSV
printf 'id,name,price\n1,pen,1.20\n2,"big, book",15\n3,"say ""hi""",0.5\n' > in.csv; sqlite3 t.db '.mode csv' '.import in.csv items' ; sqlite3 t.db '.schema items' 'select * from items' 'select sum(price) from items'; sqlite3 t.db 'create table typed(id int, name text, price real)' '.import --csv --skip 1 in.csv typed' 'select typeof(id), typeof(price), name from typed'; printf 'a|b\n1|2\n3\n4|5|6\n' > bad.txt; sqlite3 t.db '.import bad.txt bad' 'select * from bad'; echo $?; sqlite3 -csv -header t.db 'select * from typed' > out.csv; od -c out.csv | head -n 3; cat out.csv | tr -d '\r'; sqlite3 t.db '.import nofile.csv x'; echo $?; sqlite3 :memory: '.import --csv in.csv m' 'select name from m where id = 2'; cat in.csv | sqlite3 :memory: '.import --csv /dev/stdin s' 'select count(*) from s'

### schema and tables
sqlite3 t.db 'create table b(x); create table a(id integer primary key, b_id references b(rowid)); create index a_b on a(b_id); create view v as select * from a; create trigger tr after insert on a begin select 1; end'; sqlite3 t.db .tables; sqlite3 t.db .schema; sqlite3 t.db '.schema a'; sqlite3 t.db .indexes; sqlite3 t.db 'pragma table_info(a)'; sqlite3 t.db "select type, name, tbl_name from sqlite_master order by name"; sqlite3 t.db 'pragma foreign_key_list(a)'; sqlite3 t.db '.schema --indent a'; sqlite3 t.db '.databases' | tr -s ' '; sqlite3 t.db 'pragma index_list(a); pragma index_info(a_b)'

### joins
sqlite3 -header -column :memory: "create table d(id integer primary key, dname text); create table e(id integer primary key, ename text, d_id int, boss int); insert into d values(1,'dev'),(2,'ops'),(3,'hr'); insert into e values(1,'ann',1,null),(2,'bob',1,1),(3,'cy',2,1),(4,'dan',null,3); select ename, dname from e join d on d.id = e.d_id order by 1; select dname, count(e.id) as n from d left join e on e.d_id = d.id group by d.id; select e.ename, b.ename as boss from e left join e b on b.id = e.boss order by e.id; select ename, dname from e full outer join d on d.id = e.d_id order by ename, dname; select count(*) from e cross join d; select ename from e where d_id in (select id from d where dname like 'D%') and exists (select 1 from e x where x.boss = e.id)"

### aggregates and grouping
sqlite3 :memory: "create table s(r text, q int, p real); insert into s values('n',3,1.5),('s',5,2.0),('n',4,2.5),('e',1,9.99),('s',null,1)"; sqlite3 -header :memory: "create table s(r text, q int, p real); insert into s values('n',3,1.5),('s',5,2.0),('n',4,2.5),('e',1,9.99),('s',null,1); select r, sum(q) as total, count(q) as c, count(*) as n, round(avg(p), 2) as avg from s group by r order by total desc; select group_concat(r, '+') from (select distinct r from s order by r); select r, sum(q * p) filter (where q > 1) as rev from s group by r having rev is not null; select case when q is null then 'none' when q > 3 then 'many' else 'few' end as size, count(*) from s group by 1 order by 1; select min(q), max(p), total(q), sum(q) from s where r = 'zzz'; select coalesce(q, -1), ifnull(q, 'x'), nullif(r, 'n'), iif(q > 3, 'y', 'n') from s"

### window functions
sqlite3 -header -column :memory: "create table s(d text, r text, q int); insert into s values('01','n',3),('02','n',4),('01','s',5),('02','s',1),('03','n',2); select d, r, q, sum(q) over (partition by r order by d) as run, row_number() over (order by q desc) as rn, rank() over (partition by d order by q) as rk, lag(q, 1, 0) over (partition by r order by d) as prev, first_value(q) over w as f, round(avg(q) over (order by d, r rows between 1 preceding and current row), 2) as mov, ntile(2) over (order by q) as nt from s window w as (partition by r order by d) order by r, d; select r, q, dense_rank() over (order by q / 3) as dr, percent_rank() over (order by q) as pr, count(*) over () as n from s order by q"

### common table expressions
sqlite3 :memory: "with recursive c(n) as (select 1 union all select n + 1 from c where n < 5) select n, n * n from c; with recursive fib(a, b) as (values(0, 1) union all select b, a + b from fib limit 10) select group_concat(a) from fib; create table tree(id int, parent int, name text); insert into tree values(1,null,'root'),(2,1,'a'),(3,1,'b'),(4,2,'a1'); with recursive t(id, path, depth) as (select id, name, 0 from tree where parent is null union all select tree.id, t.path || '/' || tree.name, depth + 1 from tree join t on tree.parent = t.id) select substr('      ', 1, depth * 2) || path from t order by path; with x as (select 1 as a), y as (select a + 1 as b from x) select * from x, y; select value from generate_series(2, 10, 4)"

### JSON functions
sqlite3 :memory: "select json_extract('{\"a\":{\"b\":[1,2,{\"c\":null}]}}', '\$.a.b[1]'), json_extract('{\"a\":\"x\"}', '\$.a', '\$.z'), '{\"a\":[5,6]}' -> '\$.a', '{\"a\":[5,6]}' ->> '\$.a[0]', '{\"k\":\"v\"}' ->> 'k'; select json_array(1, 'two', null, json('[3]')), json_object('a', 1, 'b', json_array(2)); select json_set('{\"a\":1}', '\$.b', 2, '\$.a', 'x'), json_insert('{\"a\":1}', '\$.a', 2), json_replace('{\"a\":1}', '\$.a', 2), json_remove('{\"a\":1,\"b\":2}', '\$.a'), json_patch('{\"a\":1}', '{\"a\":null,\"c\":3}'); select key, value, type, path from json_each('{\"x\":1,\"y\":[true],\"z\":\"s\"}'); select fullkey, atom from json_tree('[1,{\"a\":[2]}]') where atom is not null; select json_type('[1]'), json_array_length('[1,2,3]'), json_valid('{bad'), json_valid('[]'), json_quote('a\"b'); create table d(j); insert into d values('{\"tags\":[\"a\",\"b\"],\"n\":2}'),('{\"tags\":[\"b\"],\"n\":5}'); select json_group_array(j ->> 'n'), json_group_object(j ->> 'n', j -> 'tags') from d; select t.value, count(*) from d, json_each(d.j, '\$.tags') t group by 1; select json_extract('{bad', '\$')"; echo $?

### full text search
sqlite3 :memory: "create virtual table docs using fts5(title, body); insert into docs values('SQLite guide','A small fast database engine'),('Cooking','Fast recipes for slow days'),('Databases','Relational database systems and engines'); select title from docs where docs match 'database' order by rank; select title from docs where docs match 'fast NOT recipes'; select title from docs where docs match 'data*' order by title; select snippet(docs, 1, '[', ']', '..', 4) from docs where docs match 'title:cooking OR body:engine' order by rowid; select highlight(docs, 1, '<b>', '</b>') from docs where docs match 'fast' order by rowid; select count(*) from docs where docs match '\"slow days\"'; delete from docs where title = 'Cooking'; select count(*) from docs where docs match 'fast'; create virtual table p using fts5(x, tokenize = 'porter unicode61'); insert into p values('running runners'); select count(*) from p where p match 'run'; create virtual table f4 using fts4(t); insert into f4 values('one two'),('two three'); select docid from f4 where t match 'two AND three'; select * from docs where docs match 'AND'"; echo $?

### transactions, upserts and returning
sqlite3 t.db "create table kv(k text primary key, v int) without rowid; insert into kv values('a',1); begin; insert into kv values('b',2); rollback; begin; insert into kv values('c',3); commit; select * from kv; insert into kv values('a',10) on conflict(k) do update set v = v + excluded.v returning k, v; insert or ignore into kv values('c',9); insert or replace into kv values('c',30); update kv set v = v * 2 where k in ('a','c') returning *; delete from kv where v > 30 returning k; select changes(), total_changes() > 3; savepoint s; delete from kv; rollback to s; release s; select count(*) from kv; update kv set v = 0 order by k limit 1; select * from kv"; ls

### constraints and errors
sqlite3 t.db "create table t(id integer primary key, u text unique, n int not null check(n > 0)); create table c(t_id int references t(id) on delete cascade); insert into t values(1,'a',1)"; for q in "insert into t values(1,'b',1)" "insert into t values(2,'a',1)" "insert into t values(2,'b',null)" "insert into t values(2,'b',-1)" "select * from missing" "select nope from t" "selec 1" "select (1" "insert into t values(1)" "select 'open" "pragma foreign_keys=on; insert into c values(99)" "create table t(x)" "select abs('x', 2)" "drop table missing" "select 1; select foo(); select 2" ".nosuch" ".import" "select * from t where" "attach 'x/y/z.db' as z"; do sqlite3 t.db "$q"; echo "$q -> $?"; done; printf 'select 1;\nselect bad;\nselect 2;\n' | sqlite3 t.db; echo $?; printf 'select 1;\nselect bad;\nselect 2;\n' | sqlite3 -bail t.db; echo $?; echo 'not a database, but long enough to be looked at ...................................................' > x.db; sqlite3 x.db 'select * from t'; echo $?; sqlite3 /nonexistent/t.db 'select 1'; echo $?; sqlite3 -readonly t.db 'insert into t values(3,3,3)'; echo $?; sqlite3 -batch -nonsense; echo $?

### dates and times
sqlite3 :memory: "select date('2024-02-28', '+2 days'), datetime(1700000000, 'unixepoch'), strftime('%Y-%m-%d %H:%M:%S %j %w %s', '2024-05-17T10:20:30'), julianday('2000-01-01'), date('2024-01-31', '+1 month'), date('2024-05-17', 'start of month', '-1 day'), time('10:00', '+90 minutes'), unixepoch('2024-01-01'), cast((julianday('2024-12-25') - julianday('2024-01-01')) as int), date('2024-05-17', 'weekday 0'), datetime('2024-05-17 12:00', 'localtime'), date('nope'), strftime('%f', '2024-01-01 00:00:00.1239')"; sqlite3 :memory: "select typeof(date('now')), length(datetime('now')), current_timestamp = datetime('now')"

### strings, numbers and types
sqlite3 :memory: "select upper('aß'), length('日本'), substr('hello', 2, 3), substr('hello', -3), replace('aXbX','X','-'), trim('  x '), ltrim('xxa','x'), instr('hello','l'), printf('%05.2f|%-5s|%x|%,d', 3.14159, 'ab', 255, 1234567), hex('az'), quote('it''s'), char(65,128512), unicode('é'), 'a' || 1 || null, 'a' like 'A', 'abc' glob 'a*', like('%b%','abc'); select 7/2, 7/2.0, 7%3, -7/2, 2*3.0, 1e3, 10/0, round(2.567, 1), abs(-3), 5 & 3, 5 | 3, 1 << 4, ~5, 0.1+0.2, 9223372036854775807 + 1, 1.0, 100000000000000000000, max(1,'a'), min(2,1.5), random() is not null; select typeof(1), typeof(1.0), typeof('x'), typeof(null), typeof(x'00'), cast('12abc' as int), cast(3.9 as int), cast(5 as text) || '', '10' + 5, 'abc' + 1, 1 = '1', x'414243', soundex('Robert')"; sqlite3 :memory: 'select sqrt(16), pow(2,10), ln(1), log10(1000), log(2,8), floor(-1.5), ceil(1.2), trunc(-1.7), round(pi(), 4), mod(10,3), degrees(pi()), sin(0), exp(0), sign(-2)'

### dump and restore
sqlite3 a.db "create table t(id integer primary key, b blob, r real, s text); insert into t values(1, x'0102ff', 1.5, 'line
two'),(2, null, 1e100, 'quote''s'); create index i on t(s); create view v as select id from t"; sqlite3 a.db .dump | tee d.sql; sqlite3 b.db < d.sql; sqlite3 b.db 'select id, hex(b), r, s from t'; sqlite3 a.db ".backup c.db"; sqlite3 c.db 'select count(*) from t; pragma integrity_check'; sqlite3 a.db "vacuum into 'd.db'"; sqlite3 d.db 'select count(*) from v'; sqlite3 a.db '.dump v'; sqlite3 a.db ".clone e.db" 2>&1; sqlite3 a.db '.save f.db'; ls; sqlite3 a.db '.sha3sum'

### attached databases
sqlite3 a.db "create table x(v); insert into x values(1),(2)"; sqlite3 b.db "create table y(v); insert into y values(2),(3)"; sqlite3 a.db "attach 'b.db' as b; select x.v from x join b.y on y.v = x.v; insert into b.y select v * 10 from x; detach b"; sqlite3 b.db 'select * from y'; sqlite3 a.db "attach ':memory:' as m; create table m.z as select v, v + 1 as w from x; select * from m.z"; sqlite3 a.db "select v from x union select 5 except select 1 order by 1 desc"; sqlite3 a.db 'select v from x intersect select 2'

### parameters, prompts and settings
sqlite3 :memory: ".parameter init" ".parameter set @id 5" ".parameter set \$name \"'x y'\"" ".parameter list" "select @id + 1, \$name"; sqlite3 :memory: '.print hello' '.echo on' 'select 1' '.echo off' '.show' | grep -v filename; sqlite3 -echo :memory: 'select 2'; sqlite3 -cmd 'create table t(a)' -cmd 'insert into t values(4)' :memory: 'select * from t'; sqlite3 :memory: '.changes on' 'create table t(a)' 'insert into t values(1),(2)'; sqlite3 :memory: '.width 6 3' '.mode column' "select 'long text' as a, 12345 as b"; sqlite3 :memory: '.nullvalue <null>' '.separator :' 'select null, 1'; sqlite3 :memory: '.bail on' 'select x' 'select 1'; echo $?; sqlite3 :memory: '.exit 5'; echo $?; sqlite3 :memory: '.quit' 'select 1'; echo $?

### query plans and indexes
sqlite3 :memory: "create table t(a int, b text, c); create index tb on t(b); with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into t select i, 'k' || (i % 10), i * 2 from n; analyze; explain query plan select * from t where b = 'k3' and a > 5; explain query plan select count(*) from t order by c; explain query plan select * from t x join t y on x.a = y.c; select b, count(*) from t where b = 'k3'; select * from sqlite_stat1; create unique index tu on t(a); explain query plan select * from t where a = 7; drop index tb; reindex; select count(*) from t indexed by tu where a < 10"; sqlite3 :memory: '.eqp on' 'create table t(a)' 'select * from t'; sqlite3 :memory: 'pragma page_size; pragma encoding; pragma user_version = 7; pragma user_version; pragma foreign_keys; pragma journal_mode; pragma synchronous; pragma auto_vacuum; pragma cache_size'

### generated columns, partial indexes, strict tables and triggers
sqlite3 :memory: "create table p(net real, tax real generated always as (net * 0.2) stored, gross real as (net + tax)); insert into p(net) values(10),(5); select * from p; create table s(i int, t text) strict; insert into s values(1,'a')"; sqlite3 :memory: "create table s(i int) strict; insert into s values('x')"; echo $?; sqlite3 :memory: "create table t(id integer primary key, v int); create table audit(op text, id int, o int, n int); create trigger ti after insert on t begin insert into audit values('ins', new.id, null, new.v); end; create trigger tu before update of v on t when new.v <> old.v begin insert into audit values('upd', old.id, old.v, new.v); select case when new.v < 0 then raise(abort, 'no negatives') end; end; insert into t(v) values(1),(2); update t set v = v + 1 where id = 1; update t set v = v; select * from audit; update t set v = -1"; echo $?; sqlite3 :memory: "create table q(done int, x int); create unique index qi on q(x) where done = 0; insert into q values(0,1),(1,1); insert into q values(0,1)"; echo $?; sqlite3 :memory: "create table e(a); alter table e add column b default 5; alter table e rename column a to z; alter table e rename to e2; insert into e2(z) values(1); select * from e2; alter table e2 drop column b; .schema"

### blobs and files
printf 'raw\0bytes\xff' > f.bin; sqlite3 t.db "create table b(n text, d blob); insert into b values('f', readfile('f.bin'))"; sqlite3 t.db "select n, length(d), hex(d), typeof(d) from b; select writefile('g.bin', d) from b"; cmp f.bin g.bin && echo same; sqlite3 t.db "insert into b values('z', zeroblob(100000)); select sum(length(d)) from b"; sqlite3 t.db "select name, mode & 511 > 0, length(data) from fsdir('f.bin')"; sqlite3 t.db "select edit_nothing()" 2>&1; printf 'x\ny\n' | sqlite3 t.db "insert into b select 's', readfile('/dev/stdin')" ; sqlite3 t.db "select quote(d) from b where n = 's'"; sqlite3 t.db ".mode insert files" "select n, hex(d) from b where n = 'f'"; sqlite3 t.db ".shell echo from the shell"; sqlite3 t.db ".system exit 3"; echo $?; sqlite3 t.db ".cd /" ".shell pwd"

### several writers at once
sqlite3 t.db 'create table n(w int, i int); create table total(x int); insert into total values(0)'
for w in 1 2 3; do (for i in $(seq 1 15); do sqlite3 -cmd '.timeout 5000' t.db "begin immediate; insert into n values($w, $i); update total set x = x + 1; commit" || echo "failed $w $i"; done) & done; wait
sqlite3 t.db 'select w, count(*) from n group by w; select x from total; pragma integrity_check'; ls

### a locked database
sqlite3 t.db 'create table t(a)'; mkfifo hold; sqlite3 t.db < hold > held.txt 2>&1 & exec 5> hold; echo 'begin immediate; insert into t values(1); select 5;' >&5; until grep -q 5 held.txt; do sleep 0.02; done; sqlite3 t.db 'insert into t values(2)'; echo $?; sqlite3 t.db 'select count(*) from t'; sqlite3 -cmd '.timeout 100' t.db 'begin immediate'; echo $?; echo 'commit;' >&5; exec 5>&-; wait; sqlite3 t.db 'insert into t values(2); select count(*) from t'; sqlite3 t.db 'begin exclusive; select 1; commit'

### a report over a log
for i in $(seq 1 60); do echo "$((i % 4)),/api/v$((i % 2 + 1))/item$((i % 5)),$((i % 7 ? 200 : 500)),$((i * 13 % 97))"; done > log.csv
sqlite3 -header -box r.db 'create table log(client int, path text, status int, ms int)' '.mode csv' '.import log.csv log' '.mode box' "select path, count(*) n, sum(status >= 500) errors, round(avg(ms), 1) avg_ms, max(ms) max_ms from log group by path having errors > 0 order by errors desc, path limit 4" "with r as (select ms, ntile(20) over (order by ms) t from log) select max(ms) p95 from r where t <= 19"
sqlite3 -json r.db "select client, json_group_array(distinct status) as statuses, sum(ms) as ms from log group by client" | head -c 200

### many rows
sqlite3 t.db "create table n(i integer primary key, v int); with recursive c(i) as (select 1 union all select i + 1 from c where i < 20000) insert into n select i, i * 7919 % 10007 from c"; sqlite3 t.db 'select count(*), sum(v), min(v), max(v) from n; select v from n order by v desc, i limit 3; create index nv on n(v); select count(*) from n where v between 100 and 200; delete from n where i % 2; vacuum; select count(*) from n'; seq 1 5000 | sed 's/.*/insert into n values(100000 + &, &);/' | { echo 'begin;'; cat; echo 'commit;'; } | sqlite3 t.db; sqlite3 t.db 'select count(*) from n'; sqlite3 t.db 'select * from n' | wc -l

### version, help and temporary databases
sqlite3 --version | cut -d' ' -f1,2; sqlite3 -help 2>&1 | head -n 3; sqlite3 :memory: .help | head -n 3; sqlite3 :memory: 'select sqlite_version()'; sqlite3 "file:m?mode=memory" 'select 3'; sqlite3 '' 'create table t(a); insert into t values(1); select * from t'; echo 'select 4;' | sqlite3; ls

### an archive
mkdir d; seq 1000 > d/f; sqlite3 a.sqlar -Ac d; sqlite3 a.sqlar -At; sqlite3 a.sqlar 'select name, sz, length(data) < sz from sqlar where sz'; rm -r d; sqlite3 a.sqlar -Ax; wc -l d/f

### a write-ahead log
sqlite3 t.db 'pragma journal_mode=wal; create table t(a); insert into t values(1); select * from t'; sqlite3 t.db 'select count(*) from t'; ls
