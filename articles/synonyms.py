"""Words that people who serve customers use for one another: a line a meaning, one file for all languages.

A query for one of a line also finds the others, though less surely than the word itself.
"""

from functools import cache, lru_cache

from .families import RELATED, SHORTEST_ROOT, likeness
from .words import lemmas, spelling

SYNONYMS = {
    "en": """
        customer client shopper buyer guest visitor consumer patron
        staff employee worker colleague team personnel crew
        boss manager supervisor leader owner chief
        complaint complain criticism grumble grievance feedback
        feedback review comment rating criticism
        angry upset furious unhappy dissatisfied annoyed mad rude difficult nasty shout shouting
        happy satisfied pleased glad delighted content
        return refund reimburse exchange receipt
        price cost fee charge expensive
        cheap discount sale bargain offer low
        hire recruit recruiting employ job vacancy applicant application interview
        train training teach learn coach course
        reward bonus praise recognition recognise thank motivate incentive
        quick quickly fast prompt promptly speed soon
        wait queue delay slow
        deadline date late delay overdue
        promise commitment guarantee pledge
        lie lying dishonest honest honesty truth
        cheat scam deceive unfair fraud
        mistake error fault wrong fail slip
        fix repair correct solve mend recover apologise apology sorry compensate compensation
        phone call telephone ring
        email message letter mail inbox text
        answer reply response respond
        pay payment card cash
        website web online internet site
        leave lose defect quit churn defection
        know knowledge expert expertise competence
        loyal loyalty faithful regular retention retain keep
        recommend recommendation referral refer testimonial
        listen hear attention
        feeling emotion emotional mood
        poor bad shoddy faulty
        survey questionnaire grade mark measure score
        clothes dress appearance uniform apron look
        profit revenue sales takings income turnover
        advertisement advertising marketing leaflet ad
        easy simple effortless convenient
        empower empowerment freedom decide authority leeway
        rule standard policy guideline
        competitor rival competition
        greet greeting hello
        till counter checkout cashier
        product item merchandise
        trust believe confidence credibility
        reputation rumour gossip mouth
        motivate motivation motivated keen enthusiasm
        buy purchase
        problem trouble issue difficulty
        budget money spend
        friendly friendliness polite kind courtesy
        remember recall memory forget""",
    "fi": """
        asiakas ostaja kuluttaja kävijä vieras tilaaja
        henkilökunta työntekijä työkaveri tiimi väki henkilöstö myyjä alainen kollega
        pomo esihenkilö johtaja päällikkö esimies vuoropäällikkö yrittäjä
        valitus valittaa reklamaatio reklamoida moite nurina kritiikki palaute
        palaute arvostelu kommentti arvio arvosana mielipide
        vihainen suuttunut tyytymätön kiukkuinen raivostunut hankala suuttua huutaa töykeä epäkohtelias
        tyytyväinen iloinen onnellinen
        palautus palauttaa hyvitys hyvittää vaihto kuitti
        hinta maksu kulu kustannus kallis
        halpa alennus alennusmyynti ale tarjous edullinen
        palkata rekrytointi rekrytoida työpaikkailmoitus työhaastattelu haastattelu hakija
        kouluttaa koulutus opettaa opetella perehdytys perehdyttää kurssi oppia
        palkita palkinto bonus kiitos kiittää kehu kehua tunnustus motivoida
        nopea nopeasti pikainen pikaisesti heti
        odottaa jono viivästys myöhästyä hidas
        lupaus luvata sitoumus takuu
        valehdella valhe rehellinen rehellisyys totuus
        huijata huijaus petkuttaa epäreilu
        virhe vika moka vahinko erehdys pieleen vikaan
        korjata ratkaista hyvittää pahoitella anteeksipyyntö
        puhelin soittaa puhelu numero
        sähköposti viesti kirje tekstiviesti
        vastata vastaus
        maksaa maksukortti kortti käteinen
        verkkosivu nettisivu kotisivu verkko netti internet
        lähteä menettää kadota asiakaskato poistuma siirtyä
        uskollisuus uskollinen kanta pysyvä pitkäaikainen
        suositella suositus suosittelija
        kuunnella kuulla
        tunne tunteet tunneside mieliala
        huono kehno surkea viallinen
        kysely tutkimus arvosana mitata mittari
        ulkonäkö vaate vaatetus pukeutua esiliina siisti
        tuotto voitto myynti liikevaihto tulos
        mainos mainonta ilmoitus esite markkinointi
        helppo vaivaton yksinkertainen
        valta päättää vapaus valtuus
        sääntö standardi ohje käytäntö
        ensin ensimmäinen edelle
        kilpailija kilpailu
        tervehtiä tervehdys
        kassa tiski
        tuote tavara
        luottamus luottaa uskoa uskottavuus
        maine huhu juoru puskaradio
        motivoida motivaatio into innostus
        ostaa osto ostos
        ongelma hankaluus pulma
        budjetti raha käyttää
        ystävällinen ystävällisyys kohtelias
        muistaa muisti unohtaa mieli""",
    "et": """
        klient ostja tarbija külastaja külaline tellija
        töötaja personal meeskond kolleeg müüja teenindaja kollektiiv
        ülemus juht juhataja vahetusevanem omanik
        kaebus kaebama nurin reklamatsioon pretensioon kriitika tagasiside
        tagasiside arvustus kommentaar hinnang hinne arvamus
        vihane pahane rahulolematu tige ärritunud tülikas karjuma ebaviisakas
        rahulolev rahul rõõmus õnnelik
        tagastamine tagastama hüvitis hüvitama vahetama kviitung tšekk
        hind tasu kulu maksumus kallis
        odav odavnema soodustus allahindlus pakkumine soodne
        värbama värbamine palkama töökuulutus tööintervjuu vestlus kandidaat
        koolitama koolitus õpetama õppima väljaõpe kursus
        premeerima preemia tasu boonus kiitus kiitma tunnustus tunnustama tänama motiveerima
        kiire kiiresti pikemata kohe
        ootama järjekord viivitus hilinema aeglane
        lubadus lubama garantii
        valetama vale aus ausus tõde
        petma pettus tüssama ebaaus
        viga eksimus viltu äpardus
        parandama heastama lahendama vabandama vabandus
        telefon helistama kõne number
        kiri sõnum post
        vastama vastus
        maksma makse kaart sularaha
        koduleht veebileht veeb internet võrk
        lahkuma kaotama äravool kaduma
        lojaalsus lojaalne truudus truu püsiklient ustav
        soovitama soovitus
        kuulama kuulma
        tunne emotsioon emotsionaalne meeleolu
        halb vilets kehv praak
        küsitlus uuring hinne mõõtma mõõdik
        välimus riietus riietuma põll
        kasum tulu käive läbimüük müük
        reklaam kuulutus turundus
        lihtne kerge mugav
        otsustama vabadus õigus otsustamisruum
        reegel standard juhend tava
        konkurent konkurents
        tervitama tervitus
        kassa lett
        toode kaup
        usaldus usaldama uskuma
        maine kuulujutt suu
        motiveerima motivatsioon
        ostma ost ostmine
        probleem mure häda
        eelarve raha kulutama
        sõbralik sõbralikkus viisakas viisakus
        mäletama meel unustama""",
    "ru": """
        клиент покупатель гость посетитель потребитель заказчик
        сотрудник работник персонал команда коллега продавец коллектив подчиненный
        начальник руководитель директор менеджер хозяин владелец
        жалоба жаловаться претензия недовольство рекламация нарекание отзыв
        отзыв комментарий оценка мнение
        злой сердитый недовольный разгневанный рассерженный раздраженный злиться кричать грубый невежливый
        довольный радостный счастливый
        возврат вернуть возвращать обмен чек
        цена стоимость плата дорого дорогостоящий стоить
        дешевый скидка распродажа предложение низкий дешево дешеветь подешеветь
        нанимать нанять найм вакансия собеседование кандидат
        обучение обучать учить учеба тренинг курс
        награда награждать премия поощрять поощрение похвала хвалить благодарить мотивация
        быстрый быстро проворно скоро сразу
        ждать очередь задержка опоздание медленный срок
        обещание обещать обязательство гарантия слово
        ложь врать лгать обман честность честный правда
        обман обмануть обманывать нечестный несправедливый
        ошибка промах ошибиться сбой неудача
        исправить исправлять уладить решить извиниться извинение
        телефон звонить звонок позвонить номер
        письмо почта сообщение
        ответить ответ отвечать
        платить оплата карта наличные оплатить
        сайт интернет веб онлайн
        уходить терять уход отток потерять
        лояльность лояльный верность верный преданный постоянный
        рекомендация рекомендовать советовать посоветовать
        слушать выслушать услышать
        чувство эмоция эмоциональный настроение сердце
        впечатление опыт визит событие
        знать знание компетентность эксперт разбираться
        плохой халтура некачественный брак
        опрос исследование оценка измерить анкета
        вид внешность одежда форма фартук
        прибыль выручка доход продажа оборот
        реклама объявление маркетинг
        легкий простой удобный легко
        право решать свобода полномочие
        правило стандарт норма
        facebook фейсбук
        youtube ютуб
        twitter твиттер
        конкурент конкуренция
        здороваться поздороваться приветствие приветствовать
        касса прилавок
        товар продукт
        доверие доверять верить поверить
        репутация слух сарафанный
        мотивация мотивировать
        покупка покупать купить
        проблема неприятность трудность
        бюджет деньги тратить
        вежливый вежливость приветливый дружелюбный
        помнить память забыть запомнить""",
    "hy": """
        հաճախորդ գնորդ այցելու հյուր սպառող
        աշխատակից աշխատող անձնակազմ թիմ գործընկեր վաճառող
        ղեկավար պետ տնօրեն պատասխանատու մենեջեր
        բողոք բողոքել դժգոհություն գանգատ կարծիք
        կարծիք մեկնաբանություն գնահատական արձագանք
        զայրացած զայրանալ բարկացած դժգոհ նյարդային գոռալ կոպիտ
        գոհ ուրախ երջանիկ
        վերադարձ վերադարձնել փոխանակում կտրոն
        գին վճար արժեք թանկ արժենալ արժել
        էժան զեղչ ակցիա առաջարկ ցածր
        վարձել ընդունել հայտարարություն հարցազրույց թեկնածու
        սովորեցնել ուսուցում վերապատրաստում դասընթաց սովորել
        խրախուսել պարգև պարգևատրել գովել գովասանք շնորհակալություն
        արագ շուտ հրատապ անմիջապես
        սպասել հերթ ուշացում ուշանալ դանդաղ ժամկետ
        խոստում խոստանալ երաշխիք
        սուտ ստել ազնիվ ազնվություն ճշմարտություն
        խաբել խաբված խաբեություն
        սխալ սխալվել վրիպել վրիպում
        շտկել ուղղել լուծել ներողություն
        հեռախոս զանգել զանգ համար
        նամակ հաղորդագրություն
        պատասխան պատասխանել
        վճարել վճարում քարտ կանխիկ
        կայք համացանց ինտերնետ
        հեռանալ կորցնել հեռացում արտահոսք
        հավատարմություն հավատարիմ նվիրված մշտական
        խորհուրդ երաշխավորել առաջարկել
        լսել ունկնդրել
        զգացմունք հույզ հուզական տրամադրություն սիրտ
        վատ խոտան անորակ
        հարցում հետազոտություն չափել
        տեսք հագուստ գոգնոց
        շահույթ հասույթ եկամուտ վաճառք
        գովազդ հայտարարություն
        հեշտ հարմար պարզ
        ազատություն որոշել իրավունք
        կանոն չափանիշ
        մրցակից մրցակցություն
        բարեւել ողջունել
        դրամարկղ վաճառասեղան
        ապրանք արտադրանք
        վստահություն վստահել հավատալ
        համբավ բերան
        գնել գնում առնել
        խնդիր դժվարություն
        բյուջե փող գումար ծախսել
        բարեհամբույր սիրալիր քաղաքավարի
        հիշել միտք մոռանալ""",
}


@cache
def synonyms(language: str) -> dict[str, frozenset[str]]:
    """Return for each lemma that has synonyms these, as lemmas."""
    found: dict[str, frozenset[str]] = {}
    for line in SYNONYMS[language].strip().splitlines():
        meant = {lemmas(spelling(word), language)[0] for word in line.split()}
        for lemma in meant:
            found[lemma] = found.get(lemma, frozenset()) | (meant - {lemma})
    return found


@lru_cache(maxsize=10_000)
def synonyms_of(lemma: str, language: str) -> frozenset[str]:
    """Return the synonyms of `lemma`; if it has none, the words of its family that have some, with theirs."""
    meant = synonyms(language)
    if lemma in meant:
        return meant[lemma]
    alike = (other for other in meant if other[:SHORTEST_ROOT] == lemma[:SHORTEST_ROOT])
    family = [other for other in alike if likeness(lemma, other, language) >= RELATED]
    return frozenset(family).union(*(meant[other] for other in family))
