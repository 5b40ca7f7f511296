# A list of deals: CSV, TSV or XLSX with a header row, one deal a row. This is also what a feed that ends in .csv, .tsv or
# .xlsx goes through by itself (`floorcast --feed deals.csv`).
#
# Columns are found by their names, in English, German, French, Spanish, Dutch, Portuguese, Italian or Japanese, in any
# order and any case, with or without accents:
#   person (needed)  Person, Owner, Rep, Sales rep, Seller, Name, First name and Last name …  Verkäufer, Vendeur, 担当者 …
#   amount           Amount, Value, Revenue, Sales, Price, Total …                            Betrag, Montant, 金額, 売上 …
#   team             Team, Office, Department, Group, Region …                                Abteilung, Équipe, チーム …
#   date             Date, Close date, Closed, Won date …                                     Datum, Fecha, 受注日, 日付 …
#   currency         Currency …; else what stands beside the amounts                          Währung, Devise, 通貨 …
#   stage            Stage, Status, Deal stage: only won deals count, where any is called     Phase, Étape, Estado, 状態 …
#                    so; else all but those that are lost or open
# Without amounts the deals are counted. With dates the month of now counts, or the last month with a deal; where all of
# them could be day or month first, `date_order` of the feed says which. Money of two currencies is never added: each
# gets its slides.
#
# kiosk.toml:
#   [feed]
#   map = "deals.jq"
#   [[feed.source]]
#   name = "deals"
#   file = "deals.csv"

# Names as `_norm` leaves them: in lower case, without accents.
def names: {
  person: ["person", "owner", "deal owner", "opportunity owner", "account owner", "rep", "sales rep", "salesrep",
    "sales person", "salesperson", "sales agent", "agent", "seller", "sales representative", "representative",
    "account executive", "employee", "担当者", "担当", "営業担当", "営業担当者", "営業", "社員名",
    "verkaufer", "verkaeufer", "verkauferin", "vertriebler", "vertriebsmitarbeiter", "mitarbeiter", "mitarbeiterin",
    "berater", "beraterin", "bearbeiter", "inhaber", "verantwortlich", "verantwortlicher", "zustandig",
    "zustandiger mitarbeiter", "aussendienst", "vendeur", "vendeuse", "commercial", "commerciale", "proprietaire",
    "conseiller", "responsable", "representant", "collaborateur", "vendedor", "vendedora", "comercial", "propietario",
    "representante", "asesor", "ejecutivo", "empleado", "verkoper", "verkoopster", "eigenaar", "vertegenwoordiger",
    "medewerker", "accountmanager", "account manager", "proprietario", "responsavel", "consultor", "consultora",
    "funcionario", "venditore", "venditrice", "responsabile", "rappresentante", "agente", "consulente", "dipendente"],
  given: ["first name", "firstname", "given name", "forename", "vorname", "prenom", "voornaam", "primeiro nome", "nombre",
    "nome", "名"],
  family: ["last name", "lastname", "surname", "family name", "nachname", "familienname", "nom de famille", "achternaam",
    "apellido", "apellidos", "sobrenome", "apelido", "cognome", "姓", "氏", "name", "nom", "naam"],
  name: ["name", "full name", "氏名", "名前", "nom", "nombre", "nome", "naam", "nome completo", "nombre completo"],
  amount: ["amount", "value", "deal value", "deal amount", "close value", "closed amount", "revenue", "sales", "price",
    "total", "sum", "金額", "売上", "売上高", "売上金額", "受注金額", "契約金額", "合計",
    "betrag", "umsatz", "auftragswert", "dealwert", "abschlusswert", "wert", "volumen", "preis", "gesamtbetrag", "gesamt",
    "summe", "montant", "chiffre d affaires", "ca", "valeur", "ventes", "prix", "somme", "importe", "monto", "valor",
    "ventas", "venta", "ingresos", "facturacion", "precio", "bedrag", "omzet", "waarde", "prijs", "totaal", "som",
    "montante", "receita", "vendas", "faturamento", "preco", "importo", "valore", "fatturato", "ricavo", "ricavi",
    "vendite", "prezzo", "totale", "somma"],
  team: ["team", "sales team", "office", "regional office", "department", "group", "region",
    "チーム", "部署", "部門", "グループ", "拠点", "支店",
    "abteilung", "gruppe", "standort", "filiale", "niederlassung", "buro", "equipe", "agence", "bureau", "groupe",
    "departement", "equipo", "oficina", "sucursal", "departamento", "grupo", "sede", "afdeling", "kantoor", "vestiging",
    "filiaal", "groep", "regio", "equipa", "escritorio", "filial", "regiao", "squadra", "gruppo", "ufficio", "reparto",
    "regione"],
  date: ["date", "close date", "closed date", "closedate", "closed", "closed on", "won date", "won on", "won time",
    "日付", "受注日", "成約日", "契約日", "クローズ日", "完了日",
    "datum", "abschlussdatum", "abgeschlossen am", "verkaufsdatum", "auftragsdatum", "abschluss", "date de cloture",
    "date de vente", "date de signature", "fecha", "fecha de cierre", "fecha de venta", "sluitingsdatum", "afsluitdatum",
    "verkoopdatum", "data", "data de fechamento", "data de fecho", "data da venda", "data di chiusura", "data vendita",
    "data di vendita"],
  currency: ["currency", "currency code", "deal currency", "amount currency", "通貨", "wahrung", "waehrung", "devise",
    "monnaie", "moneda", "divisa", "valuta", "moeda"],
  stage: ["stage", "status", "deal stage", "stage name", "opportunity stage", "ステージ", "状態", "ステータス", "フェーズ",
    "phase", "dealphase", "stufe", "etape", "statut", "etapa", "estado", "fase", "estagio", "situacao", "stato"]
};
def won: ["won", "closed won", "closed/won", "closedwon", "deal won", "受注", "成約", "受注済", "gewonnen",
  "abgeschlossen und gewonnen", "gagne", "gagnee", "ganado", "ganada", "cerrado ganado", "ganho", "ganha", "vinto", "vinta"];
# What is no sale, where no stage is called won.
def unsold: ["lost", "closed lost", "closed/lost", "closedlost", "deal lost", "open", "new", "in progress", "pending",
  "失注", "進行中", "商談中", "未成約", "verloren", "offen", "in bearbeitung", "perdu", "perdue", "ouvert", "ouverte",
  "en cours", "perdido", "perdida", "abierto", "abierta", "en curso", "aberto", "aberta", "em aberto", "em andamento",
  "perso", "persa", "aperto", "aperta", "in corso", "lopend"];

# A name as it is compared.
def norm: _norm;

# The first column that has one of these names, in the order of the names; of columns by their names as they are compared.
def column($columns; $wanted): first($wanted[] as $name | $columns[$name] | values) // null;

# Which sign stands before the decimals, as far as a column tells.
def decimal:
  if any(.[]; test(",[0-9]{1,2}[^0-9.,]*$")) then ","
  elif any(.[]; test("\\.[0-9]{1,2}[^0-9.,]*$")) then "."
  else null end;

# Whether days stand before months in dates with slashes.
def order:
  if any(.[]; test("^(1[3-9]|2[0-9]|3[01])[/-][0-9]{1,2}[/-]")) then "dmy"
  elif any(.[]; test("^[0-9]{1,2}[/-](1[3-9]|2[0-9]|3[01])[/-]")) then "mdy"
  else "" end;

# Whether a name is Japanese.
def japanese: test("[\u3041-\u30fa\u4e00-\u9fff]");

# How many deals have been added up.
def count: total(.count);

# What a table without a row of its own says.
def quoted: map("\"\(.)\"") | join(", ");

(.sources | to_entries[0].value) as $rows
| if ($rows | isarray | not) then error("expected a table of deals, found \($rows | type)") else . end
| if ($rows | length) == 0 then error("the table has a header and no rows") else . end
| ($rows[0] | keys_unsorted) as $columns
| (reduce ($columns | reverse[]) as $name ({}; .[$name | norm] = $name)) as $named
| (names | with_entries(.value |= (. as $wanted | column($named; $wanted)))) as $found
# A person is one column, or a given and a family name; in Japanese the family stands in front.
| ($found | if .person != null then .given = null
   elif .given != null and .family != null and .given != .family then if .family | japanese then {given: .family, family: .given} + del(.given, .family) else . end
   else .person = .name | .given = null end) as $c
| if $c.person == null and $c.given == null then
    error("no column with the person who made the deal: expected one like Owner, Sales rep, Salesperson, First name and Last name, Verkäufer, Vendeur, Vendedor, Verkoper, Venditore or 担当者; found \($columns | quoted)")
  else . end
# A column is looked at as far as it takes to know how it is written.
| [limit(200; $rows[] | .[$c.amount // ""] | strings)] as $amounts
# Dates with the year in front leave nothing to find out.
| [limit(200; $rows[] | .[$c.date // ""] | strings | select(.[4:5] != "-" and .[4:5] != "/"))] as $dates
# The stages that count; each is looked at once, not in each row.
| (if $c.stage == null then [] else $rows | _texts($c.stage) end) as $stages
| [$stages[] | select(norm as $s | any(won[]; . == $s))] as $won
| [$stages[] | select(norm as $s | any(unsold[]; . == $s))] as $unsold
| (if $c.stage == null then null
   elif ($won | length) > 0 then $won | map({(.): true}) | add
   else ($stages - $unsold) + [""] | map({(.): true}) | add end) as $counts
# Deals added up by person, team, currency and month, and what is wrong with a row.
| (if $date_order == "" then $dates | order else $date_order end) as $order
| ($rows | _deals({columns: $c, decimal: ($amounts | decimal), $order, $tz, today: ($now | day), $counts}))
  as {$deals, $problems}
| ($now | day) as $today
# The month that counts, or all.
| ([$deals[] | .newest | values] | max) as $newest
| (if $newest == null then null
   elif $newest[:7] == $today[:7] then "month" | period
   else "month" | _period($newest | instant | todate; $tz; "monday") | del(.days_total, .days_left) end) as $period
| (if $period == null then $deals else [$deals[] | select(.month == $period.from[:7])] end) as $counted
| (if $c.person // $c.given | japanese then {people: "売上ランキング", teams: "チーム別", deals: "件数", amount: "売上"}
   else {people: "Sales", teams: "Teams", deals: "Deals", amount: "Sales"} end) as $say
| ($counted | group_by(.currency) | sort_by(-count)) as $groups
| ($groups | length > 1) as $many
| ([$counted[] | select(.person == null)] | count) as $nobody
| {
    format: "salesboard/1",
    tz: $tz,
    metrics: ({deals: {label: $say.deals}} + ([$groups[] | .[0].currency as $currency
      | {"amount\($currency // "")": ({label: (if $c.amount then $say.amount else $say.deals end)}
        + if $c.amount == null then {}
          elif $currency // "" | test("^[A-Z]{3}$") then {unit: "currency", currency: $currency, decimals: 0}
          else {unit: "number"} end)}] | add // {})),
    teams: ([$deals[] | .team | values] | unique | map({(.): {name: .}}) | add // {}),
    people: ([$deals[] | select(.person)] | group_by(.person)
      | map({(.[0].person): ({name: .[0].person} + (sort_by(.last) | [.[] | .team | values] | if length > 0 then {team: .[-1]} else {} end))}) | add // {}),
    slides: ([
      $groups[] | . as $mine | .[0].currency as $currency | "amount\($currency // "")" as $metric
      | ({metric: $metric} + if $period then {period: $period} else {} end) as $common
      | (if $many then " \($currency // "–")" else "" end) as $suffix
      | ({type: "ranking", id: "people\($currency // "")", title: "\($say.people)\($suffix)",
          total: {value: total(.amount)},
          rows: [map(select(.person)) | groups(.person; .amount)[]
            | {who: .key, value: .sum} + if $c.amount then {also: {deals: (.rows | count)}} else {} end] | sort_by(-.value)} + $common),
        (if any(.[]; .team) then
          {type: "ranking", id: "teams\($currency // "")", of: "teams", title: "\($say.teams)\($suffix)",
           rows: [map(select(.team)) | groups(.team; .amount)[]
             | {who: .key, value: .sum, members: ([.rows[] | .person | values] | unique | length),
                parts: [.rows | map(select(.person)) | groups(.person; .amount)[] | {who: .key, value: .sum}]}] | sort_by(-.value)} + $common
         else empty end)
    ] | if length > 0 then .
        else [{type: "ranking", id: "people", title: $say.people, metric: "deals", rows: []} + if $period then {period: $period} else {} end] end),
    problems: ($problems
      + (if $nobody > 0 then ["\($nobody) deals without a person count in the total only"] else [] end)
      + (if $c.stage and ($won | length) == 0 then
          ["no row of \"\($c.stage)\" is called won: every row counts\(if $unsold == [] then "" else " but those that are called \($unsold | quoted)" end)"] else [] end)
      + (if $many and any($groups[]; .[0].currency == null) then ["amounts without a currency are counted apart"] else [] end)
      + (if $c.amount == null then ["no column with amounts among \($columns | quoted): deals are counted"] else [] end))
  }
