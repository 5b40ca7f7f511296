//! Sheets of texts: news, plays, recognition; and the stages of the first weeks.

use super::Value::{Day, Empty, Number, Words as W};
use super::{
    CALLS, DATE, DEALS, DEMOS, FROM, HEADLINE, Kind, Sheet, TARGET, TEXT, TITLE, Value, WHAT, WHO, Words, column, name,
};

pub fn onboarding() -> Sheet {
    const TRAINING: Words = [
        "Product training",
        "Produktschulung",
        "Formation produit",
        "Formación de producto",
        "Formazione prodotto",
        "Producttraining",
        "Treinamento",
        "製品研修",
    ];
    const HUNDRED: Words = [
        "100 calls",
        "100 Anrufe",
        "100 appels",
        "100 llamadas",
        "100 chiamate",
        "100 telefoontjes",
        "100 ligações",
        "架電100件",
    ];
    const FIRST: Words = [
        "First demo",
        "Erste Vorführung",
        "Première démo",
        "Primera demo",
        "Prima demo",
        "Eerste demo",
        "Primeira demo",
        "初デモ",
    ];
    const DEAL: Words = [
        "First deal",
        "Erster Abschluss",
        "Premier contrat",
        "Primera venta",
        "Primo contratto",
        "Eerste deal",
        "Primeiro negócio",
        "初受注",
    ];
    let row = |stage: Words, due: f64, what: Value, target: Value| vec![W(stage), Number(due), what, target];
    Sheet {
        name: [
            "Onboarding",
            "Einarbeitung",
            "Intégration",
            "Incorporación",
            "Inserimento",
            "Inwerken",
            "Integração",
            "研修",
        ],
        note: [
            "The stages of the first weeks. Whoever has a start date on the sheet People follows them. A stage with an indicator ticks by itself.",
            "Die Stufen der ersten Wochen. Wer auf dem Blatt Personen ein Eintrittsdatum hat, folgt ihnen. Eine Stufe mit Kennzahl hakt sich selbst ab.",
            "Les étapes des premières semaines. Qui a une date d’arrivée dans Personnes les suit. Une étape avec indicateur se coche seule.",
            "Las etapas de las primeras semanas. Quien tiene fecha de inicio en Personas las sigue. Una etapa con indicador se marca sola.",
            "Le fasi delle prime settimane. Chi ha una data di inizio in Persone le segue. Una fase con indicatore si spunta da sola.",
            "De stappen van de eerste weken. Wie een startdatum heeft op Mensen volgt ze. Een stap met een indicator vinkt zichzelf af.",
            "As etapas das primeiras semanas. Quem tem data de início em Pessoas as segue. Uma etapa com indicador se marca sozinha.",
            "入社後の段階です。「メンバー」に入社日のある人が対象です。指標のある段階は自動で完了します。",
        ],
        columns: vec![
            column(["Stage", "Stufe", "Étape", "Etapa", "Fase", "Stap", "Etapa", "段階"], 24, Kind::Text),
            column(
                ["Due day", "Fälliger Tag", "Échéance", "Vence", "Scadenza", "Uiterlijk", "Prazo", "期日"],
                12,
                Kind::Number,
            ),
            column(WHAT, 18, Kind::Text),
            column(TARGET, 12, Kind::Number),
        ],
        rows: vec![
            row(TRAINING, 5.0, Empty, Empty),
            row(HUNDRED, 15.0, W(CALLS), Number(100.0)),
            row(FIRST, 20.0, W(DEMOS), Number(1.0)),
            row(DEAL, 45.0, W(DEALS), Number(1.0)),
        ],
    }
}

pub fn recognition(language: usize) -> Sheet {
    const BADGES: [Words; 3] = [
        ["thanks", "danke", "merci", "gracias", "grazie", "bedankt", "obrigado", "感謝"],
        ["top performer", "Spitzenreiter", "meilleur", "mejor", "migliore", "beste", "melhor", "最優秀"],
        ["milestone", "Meilenstein", "jalon", "hito", "traguardo", "mijlpaal", "marco", "節目"],
    ];
    const SAVED: Words = [
        "Saved the renewal",
        "Verlängerung gerettet",
        "Renouvellement sauvé",
        "Salvó la renovación",
        "Ha salvato il rinnovo",
        "Verlenging gered",
        "Salvou a renovação",
        "契約更新を守った",
    ];
    const CALLED: Words = [
        "Called back the same evening.",
        "Rief am selben Abend zurück.",
        "A rappelé le soir même.",
        "Devolvió la llamada la misma tarde.",
        "Ha richiamato la sera stessa.",
        "Belde dezelfde avond terug.",
        "Ligou de volta na mesma noite.",
        "その日の夜に折り返した。",
    ];
    Sheet {
        name: [
            "Recognition",
            "Anerkennung",
            "Reconnaissance",
            "Reconocimientos",
            "Riconoscimenti",
            "Waardering",
            "Reconhecimento",
            "称賛",
        ],
        note: [
            "Praise for a person or several. It is shown for a week from its date.",
            "Lob für eine oder mehrere Personen. Es steht ab seinem Datum eine Woche lang.",
            "Des félicitations. Affichées une semaine à partir de la date.",
            "Un elogio. Se muestra una semana desde su fecha.",
            "Un elogio. Si mostra per una settimana dalla data.",
            "Een compliment. Het staat er een week vanaf de datum.",
            "Um elogio. Aparece por uma semana desde a data.",
            "称賛の言葉です。日付から1週間表示します。",
        ],
        columns: vec![
            column(WHO, 20, Kind::Person),
            column(HEADLINE, 28, Kind::Text),
            column(TEXT, 40, Kind::Text),
            column(["From", "Von", "De", "De", "Da", "Van", "De quem", "送り主"], 18, Kind::Text),
            column(DATE, 14, Kind::Date),
            column(
                ["Badge", "Abzeichen", "Insigne", "Insignia", "Distintivo", "Badge", "Insígnia", "バッジ"],
                16,
                Kind::Choice(&BADGES),
            ),
        ],
        rows: vec![vec![name(language, 4), W(SAVED), W(CALLED), name(language, 0), Day(-1), W(BADGES[0])]],
    }
}

pub fn news() -> Sheet {
    const REVIEW: Words = [
        "Pipeline review",
        "Pipeline-Besprechung",
        "Revue du pipeline",
        "Revisión del pipeline",
        "Revisione pipeline",
        "Pipelineoverleg",
        "Revisão do pipeline",
        "商談レビュー",
    ];
    const BRING: Words = [
        "Bring your three biggest deals.",
        "Bringt eure drei größten Abschlüsse mit.",
        "Apportez vos trois plus gros contrats.",
        "Traigan sus tres mayores operaciones.",
        "Portate i tre contratti più grandi.",
        "Neem je drie grootste deals mee.",
        "Tragam seus três maiores negócios.",
        "大きい案件を3つ用意してください。",
    ];
    const MONDAY: Words = [
        "every Monday 16:00",
        "jeden Montag 16:00",
        "chaque lundi 16:00",
        "cada lunes 16:00",
        "ogni lunedì 16:00",
        "elke maandag 16:00",
        "segunda 16:00",
        "毎週月曜 16:00",
    ];
    Sheet {
        name: ["News", "Nachrichten", "Annonces", "Avisos", "Annunci", "Nieuws", "Avisos", "お知らせ"],
        note: [
            "A message, from its first to its last day, or each week: \"every Monday 16:00\".",
            "Eine Nachricht, vom ersten bis zum letzten Tag, oder jede Woche: \"jeden Montag 16:00\".",
            "Un message, du premier au dernier jour, ou chaque semaine : « chaque lundi 16:00 ».",
            "Un mensaje, del primer al último día, o cada semana: «cada lunes 16:00».",
            "Un messaggio, dal primo all’ultimo giorno, o ogni settimana: «ogni lunedì 16:00».",
            "Een bericht, van de eerste tot de laatste dag, of elke week: \"elke maandag 16:00\".",
            "Uma mensagem, do primeiro ao último dia, ou toda semana: «segunda 16:00».",
            "開始日から終了日まで、または「毎週月曜 16:00」のように毎週表示します。",
        ],
        columns: vec![
            column(TITLE, 24, Kind::Text),
            column(TEXT, 44, Kind::Text),
            column(FROM, 14, Kind::Date),
            column(["Until", "Bis", "Jusqu’au", "Hasta", "Fino al", "Tot", "Até", "終了日"], 14, Kind::Date),
            column(
                ["Repeats", "Wiederholt", "Répète", "Repite", "Ripete", "Herhaalt", "Repetir", "繰り返し"],
                22,
                Kind::Text,
            ),
        ],
        rows: vec![vec![W(REVIEW), W(BRING), Empty, Empty, W(MONDAY)]],
    }
}

pub fn plays(language: usize) -> Sheet {
    const TWO: Words = [
        "Offer two dates",
        "Zwei Termine anbieten",
        "Proposez deux dates",
        "Ofrezca dos fechas",
        "Proponi due date",
        "Bied twee data aan",
        "Ofereça duas datas",
        "候補日を2つ出す",
    ];
    const BEFORE: Words = [
        "Before the call ends.",
        "Bevor das Gespräch endet.",
        "Avant la fin de l’appel.",
        "Antes de terminar la llamada.",
        "Prima che la chiamata finisca.",
        "Voordat het gesprek eindigt.",
        "Antes de a ligação terminar.",
        "通話が終わる前に。",
    ];
    Sheet {
        name: ["Plays", "Tipps", "Conseils", "Consejos", "Consigli", "Tips", "Dicas", "コツ"],
        note: [
            "A tip for all, and who showed it. Never a note on a person.",
            "Ein Tipp für alle, und wer ihn gezeigt hat. Nie eine Notiz über eine Person.",
            "Un conseil pour tous, et qui l’a montré. Jamais une note sur une personne.",
            "Un consejo para todos y quién lo mostró. Nunca una nota sobre una persona.",
            "Un consiglio per tutti e chi l’ha mostrato. Mai una nota su una persona.",
            "Een tip voor iedereen, en wie hem liet zien. Nooit een notitie over een persoon.",
            "Uma dica para todos e quem a mostrou. Nunca uma nota sobre uma pessoa.",
            "全員への助言と、それを示した人。個人の評価は書きません。",
        ],
        columns: vec![
            column(HEADLINE, 28, Kind::Text),
            column(TEXT, 44, Kind::Text),
            column(WHO, 20, Kind::Person),
            column(FROM, 14, Kind::Date),
            column(["Until", "Bis", "Jusqu’au", "Hasta", "Fino al", "Tot", "Até", "終了日"], 14, Kind::Date),
        ],
        rows: vec![vec![W(TWO), W(BEFORE), name(language, 1), Empty, Empty]],
    }
}
