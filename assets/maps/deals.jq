# A list of deals: CSV, TSV, XLSX or ODS, one deal a row. A feed that ends in .csv, .tsv, .xlsx or .ods is read like this by
# itself (`floorcast --feed deals.csv`); as a map it can be changed, and stand beside other sources.
#
# The header is found by its words among the first rows, the columns by theirs, in English, German, French, Spanish, Dutch,
# Portuguese, Italian or Japanese, in any order:
#   person (needed)  Owner, Deal - Owner, Sales rep, Sold by, First name and Last name …   Verkäufer, Vendeur, 担当者 …
#   amount           Amount, Value, Revenue, Net, ACV …                                    Betrag, Montant, 金額, 売上 …
#   date             Close date, Closing Date, Won time, Invoice date …                    Abschlussdatum, Fecha de cierre, 受注日 …
#   stage            Stage, Status, Outcome, Is won …: only won deals count                Phase, Étape, Estado, 状態 …
#   team             Team, Office, Department, Region …                                    Abteilung, Équipe, チーム …
#   currency         Currency …; else what stands beside the amounts or in their format    Währung, Devise, 通貨 …
# `columns`, `won`, `period`, `target` and `title` of [feed] say what the table does not. What is not understood never counts
# silently: `floorcast check` says which rows count and why the others do not. Money of two currencies is never added: each
# gets its slides.
#
# kiosk.toml:
#   [feed]
#   map = "deals.jq"
#   [[feed.source]]
#   name = "deals"
#   file = "deals.csv"
deals("deals")
# Change the board here: | .slides[0].title = "Top sellers"
