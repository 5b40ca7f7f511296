//! The interface in Portuguese, in words that are read in Brazil and in Portugal.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, Units};
use super::phrases::{amount, caption, counted, days, is_date, many, month_of, pair, with};
use crate::board::EventKind;
use crate::words::list::*;

pub(in crate::words) const LANGUAGE: Language = Language {
    tag: "pt",
    words: WORDS,
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &first.day().to_string()),
        month: |date| format!("{} DE {}", month_of(date, &MONTHS), date.year()),
        twelve_hours: true,
    },
    numbers: Numbers {
        // Brazil and Portugal name a billion differently: behind R$ as Brazil does, in front of € as Portugal does.
        units: Units::Thousands(&[
            thousands(["mil", "MIL"], ["¤\u{A0}mil", "¤ MIL"], ["mil\u{A0}¤", "MILHARES DE ¤"]),
            thousands(["mi", "MILHÕES"], ["¤\u{A0}mi", "¤ MILHÕES"], ["M¤", "MILHÕES DE ¤"]),
            thousands(["mil\u{A0}mi", "MIL MILHÕES"], ["¤\u{A0}bi", "¤ BILHÕES"], ["mil\u{A0}M¤", "MIL MILHÕES DE ¤"]),
            thousands(
                ["mi\u{A0}mi", "MILHÕES DE MILHÕES"],
                ["¤\u{A0}tri", "¤ TRILHÕES"],
                ["bi\u{A0}¤", "BILIÕES DE ¤"],
            ),
        ]),
        gap: "\u{A0}",
        percent: "%",
        sign: |region, code| if region == "BR" || code == "BRL" { Sign::Apart } else { Sign::After },
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], before: [&'static str; 2], after: [&'static str; 2]) -> Thousands {
    Thousands { things, before, after }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "JANEIRO", "FEVEREIRO", "MARÇO", "ABRIL", "MAIO", "JUNHO",
    "JULHO", "AGOSTO", "SETEMBRO", "OUTUBRO", "NOVEMBRO", "DEZEMBRO",
];
const SHORT: [&str; 12] = ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"];
const WEEKDAYS: [&str; 7] = ["SEGUNDA", "TERÇA", "QUARTA", "QUINTA", "SEXTA", "SÁBADO", "DOMINGO"];
const SHORT_WEEKDAYS: [&str; 7] = ["SEG", "TER", "QUA", "QUI", "SEX", "SÁB", "DOM"];
const MIDNIGHT: &str = "MEIA-NOITE";

/// "1 DEZ"
fn day(date: Date, _: &str) -> String {
    format!("{} {}", date.day(), month_of(date, &SHORT))
}

/// Saturday and Sunday are masculine, the others are not.
fn is_masculine(weekday: usize) -> bool {
    weekday > 4
}

/// A time of day with its preposition: "ÀS 13:58", "À 1:00".
fn at_hour(when: &str) -> String {
    let one = when.starts_with("1:") || when.starts_with("01:");
    if one { format!("À {when}") } else { format!("ÀS {when}") }
}

/// Until a date, a weekday or a time of day.
fn until(when: &str) -> String {
    let hour = when.starts_with(|c: char| c.is_ascii_digit()) && !is_date(when);
    if hour { format!("ATÉ {}", at_hour(when)) } else { format!("ATÉ {when}") }
}

const WORDS: Words = Words {
    live: "AO VIVO",
    days_left: |n| match n {
        0 => "ÚLTIMO DIA DE VENDAS".to_owned(),
        1 => "FALTA 1 DIA DE VENDAS".to_owned(),
        n => format!("FALTAM {n} DIAS DE VENDAS"),
    },
    day_of: |day, days| format!("DIA {day} DE {days}"),
    data_from: |when| format!("DADOS DE {when}"),
    caption,
    clock_not_set: "RELÓGIO NÃO AJUSTADO",
    countdown_units: ["D", "H", "M", "S"],
    final_pending: "RESULTADO FINAL EM BREVE",
    caveats: Caveats {
        all_dates: "TODAS AS DATAS CONTAM",
        no_stages: "SEM COLUNA DE ETAPA",
        every_row: "TODAS AS LINHAS CONTAM",
        past: "SEM VENDAS NESTE MÊS",
        none_since: |month| format!("SEM VENDAS DESDE {month}"),
    },

    leader: "LÍDER",
    joint_leaders: "LIDERANÇA DIVIDIDA",
    since: |when| if is_date(when) { format!("DESDE {when}") } else { format!("DESDE AS {when}") },
    at: |when| if is_date(when) { format!("EM {when}") } else { at_hour(when) },
    gap: "DIF.",
    and_more: |n| format!("E MAIS {n}"),
    new: "NOVO",

    team: "EQUIPE",
    all: "TOTAL",
    of: |target| format!("DE {target}"),
    attainment: "",
    ahead: |figure| format!("{figure} À FRENTE"),
    behind: |figure| format!("{figure} ATRÁS"),
    on_pace: "NO RITMO",

    no_1_is_open: "O N.º 1 ESTÁ LIVRE",
    first_deal: |thing| {
        pair(if thing.is_empty() { "A PRIMEIRA VENDA" } else { "O PRIMEIRO RESULTADO" }, "LEVA O N.º 1")
    },
    to_beat: |period| with("A BATER", period.unwrap_or("")),
    starts: |day| pair("COMEÇA", day),

    connect: "CONECTE ESTE PAINEL",
    scan: "LEIA O CÓDIGO NO TELEFONE",
    pick_data: "ESCOLHA OS DADOS",
    open_settings: "ABRA AS CONFIGURAÇÕES",
    set_feed: "INDIQUE O ENDEREÇO DOS DADOS",
    save: "SALVE. O PAINEL COMEÇA.",
    corners: "OS QUATRO CANTOS ESTÃO VISÍVEIS?",
    version: |version| format!("VERSÃO {version}"),
    settings_refused: |file, place| match place {
        Some((line, column)) => format!("CONFIGURAÇÕES NÃO APLICADAS: {file}, LINHA {line}, COLUNA {column}"),
        None => format!("CONFIGURAÇÕES NÃO APLICADAS: {file} NÃO PODE SER LIDO"),
    },
    settings_wrong: ["CONFIGURAÇÕES", "NÃO APLICADAS"],
    line_column: |line, column| format!("LINHA {line}, COLUNA {column}"),
    cannot_be_read: "NÃO PODE SER LIDO",
    mend_and_save: "CORRIJA AS CONFIGURAÇÕES E SALVE. O PAINEL COMEÇA.",
    waiting: ["À ESPERA DOS", "DADOS DE VENDAS"],
    idle: ["NADA A MOSTRAR", "POR ENQUANTO"],

    cannot_reach: ["SEM ACESSO AOS", "DADOS DE VENDAS"],
    retry_in: "TENTATIVA EM",
    this_screen: "ESTE PAINEL",
    network: "REDE",
    sales_feed: "DADOS",
    ok: "OK",
    no_answer: "SEM RESPOSTA",
    no_access: "ACESSO NEGADO",
    not_found: "NÃO ENCONTRADO",
    certificate_ended: "CERTIF. EXPIRADO",
    not_trusted: "NÃO CONFIÁVEL",
    bad_data: "DADOS INVÁLIDOS",
    not_connected: "SEM REDE",
    clock_wrong: "HORA INCORRETA",
    code: |code| format!("CÓDIGO {code}"),
    last_data_stays: "OS ÚLTIMOS DADOS CONTINUAM À VISTA",

    days: "DIAS",
    points: "PTS",
    hours_minutes: "H:MIN",
    minutes_seconds: "MIN:S",

    contest: Contest {
        leads: "LIDERA",
        chases: "PERSEGUE",
        tied: "EMPATE",
        tied_many: |n| format!("{n} DIVIDEM A LIDERANÇA"),
        open: "O N.º 2 ESTÁ LIVRE",
        prize: "PRÊMIO",
        ends_in: "TERMINA EM",
        starts_in: "COMEÇA EM",
        time_up: "TEMPO ESGOTADO",
        starting: "COMEÇA JÁ",
        starts: |when| pair("COMEÇA", when),

        count: counted,
        things: str::to_owned,
        to_lead: |n| pair(n, "PARA LIDERAR"),
        next_leads: |_| pair("MAIS 1", "PARA LIDERAR"),
        level: ["EMPATE", "NA LIDERANÇA"],
        behind: |figure| pair(figure, "ATRÁS DA LIDERANÇA"),
        apart: |figure| pair(figure, "DE DIFERENÇA"),
        to_finish: |n, place| [n.to_owned(), format!("PARA O {place}.º LUGAR")],
        to_goal: |n| pair(n, "PARA A META"),
        all_reached: ["O GRUPO INTEIRO", "ATINGIU A META"],
        provisional: ["RESULTADO", "PROVISÓRIO"],
        final_result: ["RESULTADO", "DEFINITIVO"],

        winner: "VITÓRIA",
        winners: "META ATINGIDA",
        won_by: "VANTAGEM",
        decided: "DECIDIDO",
        in_all: |figure| format!("{figure} NO TOTAL"),
        place: |place| format!("{place}.º LUGAR"),
        reached: "NA META",
        next: "A SEGUIR",
        goal: |figure| format!("META {figure}"),
        of: |n| format!("DE {n}"),
        nobody_left: "NÃO FALTA NINGUÉM",
        members: |n| many(n, "MEMBRO", "MEMBROS"),
        people: |n| many(n, "PESSOA", "PESSOAS"),
        teams: |n| many(n, "EQUIPE", "EQUIPES"),
        empty: |_| pair("O PRIMEIRO RESULTADO", "ASSUME A LIDERANÇA"),

        most: |label| with("GANHA O VALOR MAIS ALTO", label),
        least: |label| with("GANHA O VALOR MAIS BAIXO", label),
        first_to: |goal| with("GANHA QUEM CHEGAR ANTES", goal),
        threshold: |goal| with("GANHA QUEM ATINGIR A META", goal),
        team_total: |label| with("TOTAL DA EQUIPE", label),
        team_average: |label| with("MÉDIA POR MEMBRO", label),
        versus: |label| with("CARA A CARA", label),
    },
    bracket: Bracket {
        knock_out: |n, teams| if teams { format!("MATA-MATA COM {n} EQUIPES") } else { format!("MATA-MATA COM {n}") },
        most: |label| format!("MAIS {label} POR RODADA"),
        fewest: |label| format!("MENOS {label} POR RODADA"),
        live: "EM JOGO",
        leads: "LIDERA",
        chases: "PERSEGUE",
        level: "EMPATE",
        next: "A SEGUIR",
        champion: "GANHA A TAÇA",
        beat: |name| format!("CONTRA {name}"),
        round: |from_final| match from_final {
            0 => "FINAL".to_owned(),
            1 => "SEMIFINAIS".to_owned(),
            2 => "QUARTAS DE FINAL".to_owned(),
            3 => "OITAVAS DE FINAL".to_owned(),
            n => format!("FASE DE {}", 2u64 << n.min(40)),
        },
        game: |from_final, number| match from_final {
            0 => "FINAL".to_owned(),
            1 => format!("SEMIFINAL {number}"),
            2 => format!("QUARTAS {number}"),
            _ => format!("JOGO {number}"),
        },
        game_of: |round, number| format!("{round} · JOGO {number}"),
        winner_of: |from_final, number| match from_final {
            0 => "GANHA A FINAL".to_owned(),
            1 => format!("GANHA SEMI {number}"),
            2 => format!("GANHA QUARTAS {number}"),
            _ => format!("GANHA JOGO {number}"),
        },
        bye: "FOLGA",
        played: |day| format!("JOGADO EM {day}"),
        to: |when| format!("→ {when}"),
        ends_in: "TERMINA EM",
        starts_in: "COMEÇA EM",
        ended: "TEMPO ESGOTADO",
        starting: "COMEÇA JÁ",
        starts: |day| format!("COMEÇA {}", if is_date(day) { format!("EM {day}") } else { at_hour(day) }),
        to_lead: |count| pair(count, "PARA LIDERAR"),
        next_leads: |_| pair("MAIS 1", "PARA LIDERAR"),
        behind: |figure| pair(figure, "ATRÁS"),
        who_will_win: "QUEM VAI GANHAR?",
        no_draw: ["O SORTEIO", "VEM AÍ"],
    },
    goals: Goals {
        day_of: |day, total| format!("DIA {day} DE {total}"),
        amount,
        company: "EMPRESA",
        person: "INDIVIDUAL",
        all_offices: "TODAS AS UNIDADES",
        of_metric: |kind, metric| format!("{kind} · {metric}"),
        pace: "RITMO",
        goal: "META",
        forecast: "PREVISÃO",
        met: "META ATINGIDA",
        company_needs: "A EMPRESA PRECISA DE",
        needs: |who| format!("{who} PRECISA DE"),
        a_day: |figure| format!("{figure} POR DIA"),
        empty: ["AS METAS", "APARECEM AQUI"],
    },
    scorecard: Scorecard {
        labelled: |label, unit| format!("{label} · {unit}"),
        ahead: "À FRENTE",
        behind: "ATRÁS",
        need_today: |n| format!("PARA HOJE: {n}"),
        ahead_of_pace: |figure| format!("{figure} ACIMA DO RITMO"),
        behind_pace: |figure| format!("{figure} ABAIXO DO RITMO"),
        legend: "RITMO: ONDE ESTAR HOJE",
        score: "PONTUAÇÃO",
        things_close: |things, label| format!("{label}: {things} POR DIA PARA RECUPERAR"),
        amount_closes: |amount, label| format!("{label}: {amount} POR DIA PARA RECUPERAR"),
        all_on_pace: "TUDO NO RITMO",
        all_met: "TODAS AS METAS ATINGIDAS",
        empty: ["OS INDICADORES", "COMEÇAM AQUI"],
    },
    recognition: Recognition {
        no_of: |place, n| format!("N.º {place} DE {n}"),
        of_goal: "DA META",
        over: |figure| format!("{figure} ACIMA"),
        to_go: |figure| format!("MAIS {figure}"),
        winner: "VITÓRIA",
        we_passed: "PASSAMOS DE",
        today: "HOJE",
        next: "PRÓXIMO",
        took_us_over: ["CHEGOU LÁ"; 2],
        from: "DE",
        shout_out: "PARABÉNS",
        first: ["QUEM DEU UMA", "AJUDA HOJE?"],
        first_kicker: "OS PRÓXIMOS PARABÉNS",
        badges: [
            "ESTRELA",
            "TROFÉU",
            "MEDALHA",
            "DECOLAGEM",
            "GRATIDÃO",
            "EM CHAMAS",
            "NA MOSCA",
            "TRABALHO EM EQUIPE",
            "VELOCIDADE MÁXIMA",
            "GRANDE IDEIA",
        ],
    },
    ramp: Ramp {
        onboarding: "INTEGRAÇÃO",
        to_full: "RUMO À META PLENA",
        of_quota: "% DA META PLENA",
        week_of: |week, all| format!("SEMANA {week} DE {all}"),
        week: "SEMANA",
        of_weeks: |all| format!("DE {all}"),
        week_n: |week| format!("SEM. {week}"),
        since: |date| format!("DESDE {date}"),
        mentor: |name| format!("MENTORIA {name}"),
        ahead_of_plan: |n| format!("{n} ACIMA DO PLANO"),
        behind_plan: |n| format!("{n} ABAIXO DO PLANO"),
        to_plan: |n| format!("{n} ATÉ O PLANO"),
        on_plan: "CONFORME O PLANO",
        plan: |n| format!("PLANO {n}"),
        next_goal: "PRÓXIMA META",
        by: |what, when| format!("{what} · {when}"),
        full_quota: "META PLENA",
        now: "AGORA",
        next: |when| format!("DEPOIS · {when}"),
        done: "FEITO",
        full_in: "META PLENA EM",
        full_this_week: "META PLENA NESTA SEMANA",
        weeks: |n| many(n, "SEMANA", "SEMANAS"),
        hires: |n| many(n, "NOVO TALENTO", "NOVOS TALENTOS"),
        next_full: "EM BREVE NA META PLENA",
        stages: "ETAPAS",
        of: |all| format!("DE {all}"),
        late: |n| format!("{n} EM ATRASO"),
        is_late: "EM ATRASO",
        done_on: |when| format!("FEITO · {when}"),
        due: |when| format!("PRAZO {when}"),
        empty: ["OS NOVOS TALENTOS", "COMEÇAM AQUI"],
    },
    skills: Skills {
        strengths: "PONTOS FORTES",
        par: |figure| format!("ESPERADO {figure}"),
        reps: |n| many(n, "PESSOA", "PESSOAS"),
        before: "ANTES",
        train_next: "A TREINAR",
        below: |figure| format!("{figure} ABAIXO DO ESPERADO"),
        ask: "PERGUNTE A",
        empty: ["OS PONTOS FORTES", "APARECEM AQUI"],
    },
    coaching: Coaching {
        run_by: "MOSTRADO POR",
        proof: "PROVA",
        until,
        weekdays: WEEKDAYS,
        try_it: "EXPERIMENTE HOJE",
        measured: |label| format!("{label}:"),
        became: |before, after| format!("De {before} para {after}."),
        now: |figure| format!("{figure} agora."),
        quote: |text| format!("“{text}”"),
        who_is_next: "QUEM É A SEGUIR?",
        next_play: ["A PRÓXIMA JOGADA", "PODE SER SUA"],
    },
    message: Message {
        news: "NOTÍCIAS DA EQUIPE",
        from: |who| format!("DE {who}"),
        today: "HOJE",
        tomorrow: "AMANHÃ",
        this_weekday: |day| format!("{} {}", if is_masculine(day) { "ESTE" } else { "ESTA" }, WEEKDAYS[day % 7]),
        next_weekday: |day| format!("{} {}", if is_masculine(day) { "PRÓXIMO" } else { "PRÓXIMA" }, WEEKDAYS[day % 7]),
        weekday: |day, time| format!("{} {time}", SHORT_WEEKDAYS[day % 7]).trim_end().to_owned(),
        on_date: |date, time| format!("{date} {time}").trim_end().to_owned(),
        midnight: MIDNIGHT,
        shown_until: |when| match when {
            MIDNIGHT => format!("VISÍVEL ATÉ À {when}"),
            when => format!("VISÍVEL {}", until(when)),
        },
        in_days: |n| pair("EM", &many(n, "DIA", "DIAS")),
        empty: ["AS NOTÍCIAS", "APARECEM AQUI"],
    },
    teams: Teams {
        per_head: "POR PESSOA",
        total: "TOTAL",
        of_goal: "% DA META",
        goal: |goal| format!("DE {goal}"),
        others: |n| format!("+{n}"),
    },
    celebration: Celebration {
        won: "VENDA FECHADA",
        goal_reached: "META ATINGIDA",
        contest_won: "CONCURSO VENCIDO",
        record: "NOVO RECORDE",
        shout: "PARABÉNS",
        several: |kind, n| match kind {
            EventKind::Won => format!("{n} VENDAS"),
            EventKind::GoalReached => format!("{n} METAS ATINGIDAS"),
            EventKind::ContestWon => format!("{n} CONCURSOS"),
            EventKind::Record => format!("{n} RECORDES"),
            EventKind::Shout => format!("{n} PARABÉNS"),
            EventKind::NewLeader => format!("{n} NOVOS LÍDERES"),
        },
        and: " E ",
        total: "TOTAL",
        own_goal: "META PRÓPRIA",
        rank: "LUGAR",
        new_leader: "ASSUME A LIDERANÇA",
        places_up: |n| many(n, "LUGAR", "LUGARES"),
        to_place: |gap, place| format!("{gap} PARA O N.º {place}"),
        place: |place| format!("AGORA N.º {place}"),
    },
};
