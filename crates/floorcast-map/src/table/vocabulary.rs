//! Lists the words by which columns are recognised, in eight languages.
//!
//! All words are written as [`super::name::words`] leaves them: in lower case, without accents.

/// What stands in front of or behind a name of a column to say whose column it is, in the exports of CRMs: "Deal - Owner".
pub const ENTITIES: &str = "deal deals opportunity opportunities opp opps sale lead leads record potential \
    geschaft verkaufschance verkaufschancen auftrag opportunite affaire transaction negocio negocios oportunidad \
    oportunidades trato tratos verkoopkans verkoopkansen oportunidade oportunidades trattativa trattative opportunita \
    affare 商談 案件 取引";

/// Entities of other tables: an owner of an account is not surely who made the deal.
pub const OTHER_ENTITIES: &str = "account accounts company companies contact contacts customer client organization \
    organisation konto firma kunde kontakt compte societe contact cuenta empresa contacto cliente klant bedrijf conta \
    azienda contatto 取引先 顧客 会社";

/// Small words between others.
pub const SMALL: &str = "of the a an de del de la l d du des da do das dos di della dell van der den von im in en per the name \
    full complete";

/// Words in the name of an amount that say that its figures are thousands or millions, or 万 and 億.
pub const THOUSANDS: &str = "k k€ k$ k£ €k $k £k keur kusd kgbp kchf t€ teur tchf tsd tsd€ tausend thousand thousands 000 000s $000 $000s €000 \
    millier milliers mil miles duizend migliaia milhares 千 千円 千€";
/// The same for millions.
pub const MILLIONS: &str = "mio mln mn m€ €m $m £m meur musd mil€ million millions millionen millon millones milione milioni miljoen milhao \
    milhoes 百万 百万円";
/// The same for tens of thousands, as in Japan.
pub const MYRIADS: &str = "万 万円";
/// The same for hundreds of millions.
pub const OKU: &str = "億 億円";

/// A column that is called so and nothing more, as the other sheets of a workbook call it.
pub const WHO: &[&str] = &["who", "wer", "qui", "quien", "chi", "wie", "quem", "誰"];

/// Who made the deal: every word that names a person by the job. Several words are a phrase.
pub const PERSON: &[&str] = &[
    // English
    "owner",
    "owners",
    "rep",
    "reps",
    "salesrep",
    "representative",
    "salesperson",
    "sales person",
    "salesman",
    "saleswoman",
    "seller",
    "agent",
    "account executive",
    "account manager",
    "sales manager",
    "sales executive",
    "assignee",
    "assigned to",
    "assigned user",
    "assigned",
    "responsible",
    "owned by",
    "sold by",
    "closed by",
    "won by",
    "made by",
    "consultant",
    "advisor",
    "adviser",
    "closer",
    "employee",
    "person",
    "people",
    "user",
    "username",
    "team member",
    "associate",
    "staff",
    "ae",
    "sdr",
    "bdr",
    "broker",
    // German
    "verkaufer",
    "verkaeufer",
    "verkauferin",
    "verkaufer in",
    "vertriebler",
    "vertriebsmitarbeiter",
    "vertriebsmitarbeiterin",
    "mitarbeiter",
    "mitarbeiterin",
    "berater",
    "beraterin",
    "kundenberater",
    "bearbeiter",
    "bearbeiterin",
    "inhaber",
    "besitzer",
    "eigentumer",
    "verantwortlich",
    "verantwortlicher",
    "verantwortliche",
    "zustandig",
    "zustandiger",
    "aussendienst",
    "aussendienstmitarbeiter",
    "betreuer",
    "kundenbetreuer",
    "verkauft von",
    "abgeschlossen von",
    "vertriebsbeauftragter",
    "vertreter",
    "sachbearbeiter",
    // French
    "vendeur",
    "vendeuse",
    "commercial",
    "commerciale",
    "proprietaire",
    "conseiller",
    "conseillere",
    "responsable",
    "representant",
    "representante",
    "collaborateur",
    "collaboratrice",
    "vendu par",
    "charge d affaires",
    "assigne a",
    "attribue a",
    "utilisateur",
    "gagne par",
    // Spanish
    "vendedor",
    "vendedora",
    "comercial",
    "propietario",
    "propietaria",
    "asesor",
    "asesora",
    "ejecutivo",
    "ejecutiva",
    "empleado",
    "empleada",
    "agente",
    "asignado a",
    "vendido por",
    "gestor",
    "gestora",
    "encargado",
    "usuario",
    // Dutch
    "verkoper",
    "verkoopster",
    "eigenaar",
    "vertegenwoordiger",
    "medewerker",
    "accountmanager",
    "verantwoordelijke",
    "verkocht door",
    "toegewezen aan",
    "adviseur",
    "gebruiker",
    // Portuguese
    "proprietario",
    "proprietaria",
    "responsavel",
    "consultor",
    "consultora",
    "funcionario",
    "funcionaria",
    "colaborador",
    "colaboradora",
    "atribuido a",
    "dono",
    "executivo",
    "executiva",
    // Italian
    "venditore",
    "venditrice",
    "responsabile",
    "rappresentante",
    "consulente",
    "dipendente",
    "titolare",
    "assegnato a",
    "venduto da",
    "utente",
    // Japanese and Chinese
    "担当者",
    "担当",
    "営業担当",
    "営業担当者",
    "営業",
    "営業マン",
    "社員名",
    "社員",
    "所有者",
    "主担当",
    "担当営業",
    "担当者名",
    "販売員",
    "販売担当",
    "取引担当者",
    "商談所有者",
    "案件担当者",
    "販売担当者",
    "销售员",
    "销售",
    "销售人员",
    "业务员",
    "负责人",
];

/// A person's name where no better column is there, and the halves of one.
pub const NAME: &str = "name|full name|氏名|名前|nom|nombre|nome|naam|nome completo|nombre completo|nom complet|vollstandiger name|\
    volledige naam|姓名";
/// First names.
pub const GIVEN: &str = "first name|firstname|given name|forename|vorname|prenom|voornaam|primeiro nome|nombre|nome|名|owner first name|\
    rep first name";
/// Family names.
pub const FAMILY: &str = "last name|lastname|surname|family name|nachname|familienname|nom de famille|achternaam|apellido|apellidos|\
    sobrenome|apelido|cognome|姓|氏|name|nom|naam|owner last name|rep last name";

/// Words that make a column no person, whatever else it says.
pub const NO_PERSON: &str = "id ids uid guid key code number no nr num numero nummer email emails mail e phone telephone telefon \
    role rolle title team region office department manager s created creator modified updated last next previous alias photo \
    image picture url link count type status commission provision notes note comment erstellt geandert cree modifie creado \
    modificado criado aangemaakt gewijzigd creato modificato quota target goal メール 番号 電話 部署 部門 作成者 更新者";

/// What a deal is worth.
pub const AMOUNT: &[&str] = &[
    // English
    "amount",
    "value",
    "revenue",
    "sales",
    "price",
    "total",
    "sum",
    "turnover",
    "acv",
    "arr",
    "tcv",
    "mrr",
    "tav",
    "net",
    "gross",
    "bookings",
    "booking",
    "booked",
    "subtotal",
    "worth",
    "proceeds",
    "income",
    // German
    "betrag",
    "umsatz",
    "auftragswert",
    "dealwert",
    "abschlusswert",
    "wert",
    "volumen",
    "auftragsvolumen",
    "preis",
    "gesamtbetrag",
    "gesamt",
    "gesamtpreis",
    "gesamtwert",
    "summe",
    "rechnungsbetrag",
    "auftragssumme",
    "nettobetrag",
    "bruttobetrag",
    "netto",
    "brutto",
    "erlos",
    "erlose",
    "verkaufspreis",
    "verkaufswert",
    "vertragswert",
    "auftragseingang",
    "nettoumsatz",
    "netto umsatz",
    "angebotswert",
    // French
    "montant",
    "chiffre d affaires",
    "ca",
    "valeur",
    "ventes",
    "vente",
    "prix",
    "somme",
    "recettes",
    "revenu",
    "total ht",
    "total ttc",
    // Spanish
    "importe",
    "monto",
    "valor",
    "ventas",
    "venta",
    "ingresos",
    "ingreso",
    "facturacion",
    "precio",
    "cantidad",
    "importe total",
    // Dutch
    "bedrag",
    "omzet",
    "waarde",
    "prijs",
    "totaal",
    "som",
    "dealwaarde",
    "orderwaarde",
    "factuurbedrag",
    "totaalbedrag",
    "verkoopprijs",
    // Portuguese
    "montante",
    "receita",
    "vendas",
    "venda",
    "faturamento",
    "preco",
    "valor total",
    "faturacao",
    // Italian
    "importo",
    "valore",
    "fatturato",
    "ricavo",
    "ricavi",
    "vendite",
    "prezzo",
    "totale",
    "somma",
    "ammontare",
    // Japanese and Chinese
    "金額",
    "売上",
    "売上高",
    "売上金額",
    "受注金額",
    "契約金額",
    "合計",
    "成約金額",
    "合計金額",
    "取引金額",
    "商談金額",
    "受注額",
    "売上額",
    "契約額",
    "请求金额",
    "金额",
    "销售额",
    "请款金额",
];

/// Words that make an amount something else: what is hoped for, owed, a share of it, or who and when.
pub const NO_AMOUNT: &str = "expected est estimated weighted forecast forecasted projected target quota goal budget plan planned cost \
    costs tax vat discount commission margin profit probability exchange rate min max minimum maximum average avg lost open \
    outstanding due id date time currency code reason status stage type by previous old days age count growth change percent \
    quantity qty unit units list score name owner erwartet erwarteter erwartete gewichtet gewichteter geschatzt geschatzter prognose ziel \
    soll kosten steuer mwst rabatt provision marge wahrscheinlichkeit voraussichtlich voraussichtlicher plan wahrung datum attendu \
    prevu prevue estime estimee pondere objectif cout tva remise commission devise probabilite esperado esperada estimado estimada \
    previsto prevista ponderado ponderada objetivo coste costo iva descuento comision margen moneda probabilidad verwacht verwachte geschat geschatte \
    gewogen doel kosten btw korting commissie valuta meta custo imposto desconto comissao margem moeda atteso attesa stimato stimata \
    obiettivo sconto provvigione margine 見込 見込み 予想 想定 加重 目標 予算 原価 税 値引 粗利 利益 見込金額 予想売上 想定金額 目標金額 見込売上";

/// Amounts in the currency of the company: used where nothing better is there.
pub const BASE: &str = "base converted company corporate home local reporting konvertiert umgerechnet basis converti convertido convertita \
    basiswahrung hauswahrung";

/// The words of dates.
pub const DATE: &str = "date dates day datetime timestamp dt on at time datum tag am zeitpunkt jour le fecha dia el dag op data giorno il em \
    日付 日 日時 日期";
/// A date by itself.
pub const PLAIN_DATE: &str =
    "date|day|datum|tag|jour|fecha|dia|dag|data|giorno|日付|日時|年月日|日期|month|monat|mois|mes|maand|mese|月|年月";

/// Words that say that a date is the day of a sale.
pub const SOLD: &str = "won win sold sale sales signed signature signing invoice invoiced billing billed order ordered booked booking \
    contract purchase purchased paid payment gewonnen gewinn verkauft verkauf unterschrieben unterschrift rechnung auftrag bestellung \
    vertrag vertragsabschluss vente vendu signature signe facture facturation commande gagne gagnee achat contrat venta vendido firma firmado factura \
    pedido ganado ganada compra contrato verkoop verkocht getekend ondertekend factuur order contract venda fatura assinatura assinado \
    ganho ganha vendita venduto firma firmato fattura ordine vinto vinta contratto acquisto";
/// Words that say that it is the day on which the deal was closed, won or lost.
pub const CLOSED: &str = "close closed closing closure completed completion abgeschlossen abschluss geschlossen beendet cloture fermeture conclu \
    conclusion cierre cerrado cerrada gesloten sluiting afgesloten fechamento fecho fechado fechada chiusura chiuso chiusa conclusione";
/// Words of several words and compounds that say it in one.
pub const SOLD_DATE: &str = "wondate datewon closedwondate verkaufsdatum auftragsdatum bestelldatum rechnungsdatum vertragsdatum vertragsabschluss \
    gewinndatum unterschriftsdatum buchungsdatum auftragseingang factuurdatum orderdatum verkoopdatum contractdatum tekendatum \
    invoicedate orderdate saledate 受注日 成約日 契約日 売上日 計上日 請求日 注文日 締結日 成立日 契約締結日 受注日付 成交日期 签约日期 销售日期";
/// The same for the day of closing.
pub const CLOSED_DATE: &str = "closedate closeddate closingdate dateclosed abschlussdatum abschlusstag schliessdatum sluitingsdatum afsluitdatum \
    クローズ日 完了日 完了予定日 クローズ日付 成立予定日 終了日";
/// Words that make a date another one.
pub const NO_DATE: &str = "create created creation add added entered entry modify modified update updated expect expected est estimated forecast planned \
    due lost loss start started begin end next last first previous birthday birth stage activity contact contacted follow email call \
    meeting demo renewal expiry expires expiration delivery shipping shipped id zone by age days number reason erstellt erstelldatum \
    erstellungsdatum anlagedatum angelegt geandert anderungsdatum voraussichtlich voraussichtliches erwartet erwartetes geplant geplantes fallig \
    falligkeit faelligkeitsdatum lieferdatum geburtsdatum geburtstag beginn verloren letzte letzter nachste creation cree modification prevue prevu estimee echeance \
    debut naissance perte perdu relance derniere prochaine creacion modificacion prevista estimada esperada vencimiento inicio nacimiento \
    perdida ultima proxima aanmaakdatum aangemaakt gewijzigd verwacht verwachte vervaldatum startdatum geboortedatum verloren laatste volgende \
    criacao modificacao prevista esperada estimada vencimento nascimento perda creazione modifica scadenza nascita perdita \
    作成日 更新日 登録日 最終 次回 予定 失注日 生年月日 誕生日 開始日";

/// The stage of a deal, or how it ended.
pub const STAGE: &str = "stage status outcome result state phase stagename dealstage disposition dealphase verkaufsphase stufe stadium ergebnis \
    etape statut resultat etat etapa fase estado estatus resultado fase stato esito stadio stadium resultaat estagio situacao \
    ステージ 状態 ステータス フェーズ 進捗 結果 段階 状況 商談ステージ 取引ステージ 阶段 状态";
/// Words that make it another column.
pub const NO_STAGE: &str = "id date time entered duration probability age days number payment invoice email call marketing consent since previous \
    duracion dauer seit";
/// Columns that say that a deal is won by true and false.
pub const IS_WON: &str = "won|is won|iswon|closed won|is closed won|deal won|gewonnen|ist gewonnen|gagne|gagnee|ganado|ganada|gewonnen|ganho|ganha|\
    vinto|vinta|受注";

/// A team or place.
pub const TEAM: &str = "team|sales team|team name|office|regional office|department|group|region|territory|branch|location|business unit|division|\
    squad|チーム|部署|部門|グループ|拠点|支店|営業所|abteilung|gruppe|standort|filiale|niederlassung|buro|vertriebsteam|verkaufsteam|gebiet|equipe|agence|\
    bureau|groupe|departement|equipe commerciale|equipo|equipo de ventas|oficina|sucursal|departamento|grupo|sede|zona|afdeling|kantoor|\
    vestiging|filiaal|groep|regio|verkoopteam|equipa|escritorio|filial|regiao|equipe de vendas|squadra|gruppo|ufficio|reparto|regione|\
    团队|部门";

/// The currency of the amounts.
pub const CURRENCY: &str =
    "currency currencies wahrung waehrung devise monnaie moneda divisa valuta moeda 通貨 货币 币种";

/// Whose deal it is.
const CUSTOMER: &str = "customer|customer name|client|client name|account|account name|company|company name|organization|organisation|\
    organization name|kunde|kundenname|firma|unternehmen|nom du client|societe|entreprise|compte|nom du compte|cliente|\
    nombre del cliente|empresa|cuenta|nombre de la cuenta|azienda|nome cliente|nome azienda|klant|klantnaam|bedrijf|bedrijfsnaam|\
    nome do cliente|conta|nome da conta|顧客|顧客名|会社|会社名|取引先|取引先名|企業名";

/// Other columns that lists of deals have: they say nothing that counts, and help to find the header.
pub const OTHER: &str = "deal name|opportunity name|deal title|title|subject|topic|account|account name|customer|client|company|company name|record id|id|\
    product|pipeline|probability|kunde|firma|produkt|client|societe|produit|cliente|empresa|producto|klant|bedrijf|produto|azienda|prodotto|顧客|\
    会社名|取引先|商品|notes|note|comment|source|lead source|type|created|created date|expected revenue|next step|age|客户|产品";

/// Whether a column of this name says whose the deals are.
pub fn is_customer(phrase: &str) -> bool {
    CUSTOMER.split('|').any(|name| name == phrase)
}
