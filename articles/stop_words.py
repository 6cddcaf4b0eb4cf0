"""Words that say nothing of what a text is about, in the one spelling of the search: neither indexed nor asked for."""

WORDS = {
    "en": """
        a about am an and any are as at be been being but by can could d did do does doing don done for from get
        gets had has have having he her hers him his how i if in into is isn it its just ll m may me might must
        my of on onto or our ours out re s shall she should so some such t than that the their theirs them then
        there these they this those to too us ve very was we were what when where which who whom whose why will
        with would you your yours let lets make way""",
    "fi": """
        ei en et emme ette eivät eikä ja tai että jos kun kuin mutta vaan niin myös on ole olen olet olemme
        olette ovat oli olla olisi ollut mitä mikä mikään mitään mitkä miten miksi milloin missä mistä mihin
        kuka kenen keneltä kuinka millä millainen millaista minä minun minua minulla minulle sinä sinun sinua
        sinulla sinulle hän hänen häntä hänelle me meidän meitä te teidän he heidän heitä se sen sitä siitä
        siihen sille sillä ne niiden niitä tämä tämän tätä tällä tässä nämä joka jonka jota jolla johon jossa
        jotka joita jotta voi voin voinko voiko voisi pitää pitäisi pitäisikö saako saanko saa kannattaako onko
        ovatko ollako itse vain jo nyt sitten siis kai kanssa tehdä teen tehdään""",
    "et": """
        ei ja või et ära kui kuid aga vaid nii ka on ole olen oled oleme olete oli olid olla oleks mis mida mille
        millal millest milleks kuidas miks kus kust kuhu kes keda kelle kellele kellega milline millist ma mina
        mu minu mind mul mulle sa sina su sinu sind sul sulle ta tema teda tal talle me meie meid meil te teie
        teid teil nad nende neid neil see selle seda sellest sellele sel need seal siin siis kas saab saan saaks
        võib võin võiks peab pean peaks tuleb tohib üks ise vaid just juba nüüd ning oma tegema teha teen""",
    "ru": """
        а без бы был была были было быть в вам вами вас ваш ваша ваше ваши во вот все всех вы где да для до его
        ее если есть еще же за и из или им их к как какая какие какой какую ко когда который которая которые кто
        ли мне мной мы на над надо нужно нам нами нас наш наша наши не него нее нет ни них но ну о об он она они
        оно от по под при про с свой со себя так также там то того тоже только том тот ту ты у уже чего чем что
        чтобы эта эти это этого этот я можно могу может следует должен должны почему зачем сколько чей куда
        откуда делать сделать""",
    "hy": """
        է են եմ ես եք ենք էր էին որ ու եւ կամ թե եթե բայց իսկ էլ այդ այս այն դա սա նա նրա նրան նրանք նրանց
        նրանից ինչ ինչը ինչի ինչպես ինչու երբ որտեղ ով ում որը որի որին որոնք որոնց ինձ իմ մեր մեզ մենք դու քո
        քեզ դուք ձեր ձեզ իր իրեն իրենց չէ չեն չի չեմ չեք մի ոչ պետք կարող կարելի պիտի հետ մեջ վրա մասին համար
        որպես նաեւ միայն արդեն ինքը այնպես այդպես այսպես ինչքան որքան արդյոք անել""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in WORDS.items()}
