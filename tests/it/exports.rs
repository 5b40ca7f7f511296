//! Names of columns and stages as the systems of this world write them: each is known, or told; none counts silently.

use floorcast::map::table::{Meaning, Role, Vocabulary, meaning};

/// What a column of this name is taken for first.
fn role(name: &str) -> Option<Role> {
    let words = Vocabulary::default();
    words.roles(name).into_iter().map(|(role, _)| role).find(|role| *role != Role::Other)
}

#[track_caller]
fn are(role_: Option<Role>, names: &str) {
    let wrong: Vec<String> = names
        .split('|')
        .map(str::trim)
        .filter(|name| role(name) != role_)
        .map(|name| format!("{name:?} is {:?}", role(name)))
        .collect();
    assert!(wrong.is_empty(), "expected {role_:?}: {wrong:#?}");
}

#[test]
fn people_are_known_by_the_names_of_their_columns() {
    are(
        Some(Role::Person),
        "Owner|Deal owner|Deal Owner|Deal - Owner|Opportunity Owner|Opportunity: Owner|Owner Name|Owner Full Name|Sales Owner|\
         Owned By|Sold By|Closed by|Assigned To|Sales Rep|Salesrep|Sales Representative|Rep|Rep Name|Salesperson|Sales person|\
         Sales Agent|sales_agent|Agent|user_name|Account Executive|Account Manager|Responsible|Responsible person|Seller|Person|\
         Account Owner|Contact owner|Verkäufer|Verkäuferin|Vertriebsmitarbeiter|Mitarbeiter|Inhaber|Besitzer|Zuständig|\
         Zuständiger Mitarbeiter|Verantwortlicher|Kundenberater|Vendeur|Commercial|Propriétaire|Propriétaire de l'opportunité|\
         Propriétaire de la transaction|Responsable commercial|Conseiller|Vendedor|Propietario|Propietario de la oportunidad|\
         Propietario del negocio|Ejecutivo de ventas|Asesor comercial|Verkoper|Eigenaar|Eigenaar verkoopkans|Accountmanager|\
         Responsável|Proprietário|Proprietário do negócio|Vendedora|Venditore|Responsabile|Proprietario opportunità|Agente|\
         担当者|営業担当者|商談 所有者|商談所有者|営業担当|取引担当者|社員名",
    );
}

#[test]
fn amounts_are_known_by_the_names_of_their_columns() {
    are(
        Some(Role::Amount),
        "Amount|Deal - Value|Deal value|Deal Value|Value|Value (EUR)|Amount (converted)|Revenue|Actual Revenue|Total Revenue|\
         Net Amount|Net|Total|Total amount|Contract value|Contract Value (USD)|TCV|ACV|ARR|MRR|Order total|Order value|\
         Invoice amount|close_value|Closed Amount|Amount in company currency|Sales|Sales amount|Turnover|Betrag|Umsatz|\
         Nettobetrag|Auftragswert|Auftragsvolumen|Umsatz in €|Gesamtbetrag|Wert|Montant|Montant total|Chiffre d'affaires|CA|\
         Valeur|Importe|Importe total|Monto|Valor|Ingresos|Bedrag|Omzet|Waarde|Dealwaarde|Valor total|Receita|Faturamento|\
         Importo|Valore|Fatturato|金額|売上|受注金額|契約金額|売上金額",
    );
    are(
        None,
        "Expected Revenue|Est. Revenue|Weighted value|Forecast amount|Probability (%)|Exchange Rate|Quota|Sales target|Discount|\
         Deal - Probability|Lost amount|Voraussichtlicher Umsatz|Gewichteter Wert|Montant prévu|Importe estimado|Verwachte waarde|\
         見込金額|目標金額",
    );
}

#[test]
fn dates_of_sales_are_known_and_other_dates_are_none() {
    are(
        Some(Role::Date),
        "Close Date|Closing Date|Closed Date|Close date (UTC)|CloseDate|Deal - Won time|Won time|Won date|date_won|Deal - Deal closed on|\
         Closed on|Actual Close Date|Date closed|Signed on|Signature date|Contract date|Invoice Date|Order date|Date of sale|Sold on|\
         Booking date|Date|Month|Abschlussdatum|Abgeschlossen am|Gewonnen am|Verkaufsdatum|Auftragsdatum|Rechnungsdatum|Datum|\
         Date de clôture|Date de fermeture|Date de vente|Date de signature|Date de facturation|Fecha de cierre|Fecha cierre|\
         Fecha de venta|Fecha de factura|Fecha|Sluitingsdatum|Afsluitdatum|Verkoopdatum|Data de fechamento|Data da venda|Data|\
         Data di chiusura|Data chiusura|Data di vendita|受注日|成約日|契約日|完了予定日|クローズ日|売上日|日付",
    );
    are(
        None,
        "Create Date|Created Date|Deal created|Deal - Deal created|Deal - Expected close date|Expected close date|Est. Close Date|\
         Modified On|Last Activity Date|Next activity date|Lost time|Deal - Lost time|Due date|Birthday|Start date|date_created|\
         Renewal date|Stage entered date|Erstellt am|Erstelldatum|Voraussichtliches Abschlussdatum|Geburtsdatum|Date de création|\
         Fecha de creación|Fecha prevista|Aanmaakdatum|Data de criação|Data prevista|作成日|最終更新日",
    );
}

#[test]
fn stages_teams_and_currencies_are_known_by_the_names_of_their_columns() {
    are(
        Some(Role::Stage),
        "Stage|Deal Stage|Deal - Stage|Deal - Status|Status|Opportunity Stage|Sales Stage|StageName|Outcome|Result|status_type|\
         status_label|Status Reason|Phase|Verkaufsphase|Ergebnis|Étape|Statut|Etapa|Estado|Resultado|Fase|Resultaat|Stato|Esito|\
         Situação|Estágio|ステージ|フェーズ|状態|ステータス",
    );
    are(Some(Role::IsWon), "Is Won|Won|Is closed won|Closed won|Gewonnen|Gagné|Ganado|Ganho|Vinto");
    are(
        Some(Role::Team),
        "Team|Sales Team|Owner team|Office|Regional office|Department|Region|Territory|Abteilung|Standort|Équipe|Agence|Equipo|\
         Oficina|Afdeling|Equipe|Squadra|Ufficio|チーム|部署|拠点",
    );
    are(
        Some(Role::Currency),
        "Currency|Deal - Currency of Value|Deal - Currency|value_currency|Amount Currency|Currency Code|Währung|Devise|Moneda|Valuta|\
         Moeda|通貨",
    );
    are(
        None,
        "Deal Owner.id|Owner ID|Owner Email|Deal - ID|Created by|Modified By|Sales team size per owner id|Lead Source|Next Step|Notes",
    );
}

#[test]
fn stages_are_known_by_their_meaning() {
    let are = |expected: Option<Meaning>, stages: &str| {
        let wrong: Vec<String> = stages
            .split('|')
            .map(str::trim)
            .filter(|stage| meaning(stage) != expected)
            .map(|stage| format!("{stage:?} is {:?}", meaning(stage)))
            .collect();
        assert!(wrong.is_empty(), "expected {expected:?}: {wrong:#?}");
    };
    are(
        Some(Meaning::Won),
        "Won|won|WON|Closed Won|closedwon|Closed/Won|Closed - Won|6 - Closed Won|Closed Won (Sales Pipeline)|Deal won|Closed (Won)|Won 🎉|\
         Signed|Contract signed|Sold|Paid|Invoiced|Gewonnen|Gewonnen (100%)|Abgeschlossen und gewonnen|Geschlossen: Gewonnen|Unterschrieben|\
         Verkauft|Auftrag erteilt|Gagné|Gagnée|Fermé gagné|Signé|Vendu|Ganado|Ganada|Cerrado ganado|Firmado|Vendido|Gewonnen deal|Getekend|\
         Verkocht|Ganho|Fechado ganho|Assinado|Vinto|Chiuso vinto|Firmato|受注|受注済み|成約|契約済",
    );
    are(
        Some(Meaning::Lost),
        "Lost|Closed Lost|closedlost|Closed Lost to Competition|Deal lost|Dead|Abandoned|Rejected|Canceled|Disqualified|Out-Sold|No decision|\
         Verloren|Abgelehnt|Storniert|Perdu|Annulé|Perdido|Perdida|Cerrado perdido|Verloren (prijs)|Afgewezen|Fechado perdido|Perso|\
         Chiuso perso|失注|キャンセル",
    );
    are(
        Some(Meaning::Open),
        "Open|New|active|In Progress|On Hold|Pending|Pending signature|Not won|Offen|In Bearbeitung|Nicht gewonnen|Ouvert|En cours|Abierto|\
         En curso|Lopend|Em aberto|Aperto|In corso|進行中|未成約",
    );
    are(
        Some(Meaning::Underway),
        "Negotiation/Review|Negotiations Started|Proposal Made|Proposal/Price Quote|Qualified|Qualified To Buy|appointmentscheduled|\
         Appointment Scheduled|Presentation Scheduled|decisionmakerboughtin|Contract Sent|Prospecting|Demo Scheduled|Needs Analysis|\
         Value Proposition|Id. Decision Makers|Contact Made|Discovery|Angebot gesendet|Verhandlung|Propuesta enviada|Négociation|Devis envoyé|\
         Offerta|Proposta enviada|Offerte verstuurd|提案中|見積提出|交渉中|受注見込",
    );
    are(None, "Closed|Done|Umbrella|Stage 4|A|Geschlossen|完了");
}
