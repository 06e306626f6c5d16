"""What a story for children has no need of: words and turns of phrase by theme, with their weight for each age. Data only.

A theme is reported when the weights of what was found add up to 1. What fairy tales are made of - witches, wolves, ghosts,
the dark, a wicked stepmother - has no weight at all. Words are matched whole, whatever their case; "*" stands for any
ending. Phrases are regular expressions.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Words and phrases that weigh the same."""

    theme: str
    weights: tuple[float, float, float]  # for ages 3-5, 6-8 and 9-12
    words: str = ""
    phrases: tuple[str, ...] = ()


ALL = (1.0, 1.0, 1.0)

# A person, as the end of a phrase. "her" is one only where no noun follows: "cooked her in a pot", not "cooked her supper".
_YOUNG = r"(?:the|a|an|two|three|all|his|her|their|our|my|your|both|every|some|little|small|poor|old|young|naughty|lost|other)\b"
_FOLK = (
    r"(?:child(?:ren)?|boys?|girls?|bab(?:y|ies)|kids?|brothers?|sisters?|sons?|daughters?|mothers?|fathers?|mum|dad|"
    r"grand(?:mother|father|ma|pa)|people|m[ae]n|wom[ae]n|princes?s?(?:es)?|kings?|queens?|friends?|villagers?|knights?|"
    r"neighbours?|teachers?|travellers?|guards?|somebody|someone|everyone|everybody)"
)
_AFTER = (
    r"(?=\s*(?:[.,;:!?”’\"—…]|$|(?:in|up|alive|for|and|with|into|at|on|over|to|whole|down|under|until|before|while)\b))"
)
PERSON = (
    rf"(?:(?:{_YOUNG}\s+){{0,3}}{_FOLK}\b|(?:him|her|me|us|you)\b{_AFTER}|(?:him|her|my|your|our|them)sel(?:f|ves)\b)"
)
MANY = rf"(?:{PERSON}|them\b{_AFTER})"

RULES = (
    Rule(
        "cruelty",
        ALL,
        "gore gory entrails corps* murder* stabbed stabbing stabs strangl* throttl* slaughter* tortur* behead* decapitat* "
        "disembowel* dismember* mutilat* massacr* genocid* assassin* lynch* eviscerat* maim* hostage* terroris* execution*",
        (
            rf"\b(?:cook|roast|boil|bake|fry|fri|grill|stew|carv|chop|butcher|skinn?)(?:e?[ds]|ing)?\s+(?:up\s+)?{PERSON}{_AFTER}",
            rf"\bburn(?:ed|t|ing|s)?\s+{PERSON}(?:\s+(?:alive|to death|at the stake))",
            rf"\b(?:throw|threw|push|pushed|shov|shoved|put|puts)\w*\s+{PERSON}\s+(?:in|into)\s+(?:the|an|her|his)\s+(?:hot\s+)?(?:oven|fire|flames|cauldron)",
            rf"\b(?:shot|shoot|shoots|knifed|stab|pierced|slashed|impaled|hanged|drowned|poisoned|suffocated|whipped|flogged)\s+{MANY}",
            r"\b(?:cut|chopped|hacked|tore|ripped|sliced)\s+(?:off|out)\s+(?:the|his|her|its|their|your|my)\s+(?:\w+\s+)?(?:heads?|hands?|arms?|legs?|fingers?|toes?|ears?|tongues?|hearts?|eyes?|feet|foot)",
            r"\b(?:pointed|aimed|fired|waved)\s+(?:a|the|his|her)\s+(?:gun|pistol|rifle)",
            r"\b(?:slit|cut)\s+(?:his|her|its|their|your|my)\s+throats?",
            r"\bbeat(?:en)?\s+(?:him|her|them|me|you|the (?:child|boy|girl)(?:ren|s)?)\s+(?:until|with|black|bloody|to\b)",
            r"\b(?:gouged?|clawed|pecked|put)\s+out\s+(?:his|her|its|their)\s+eyes?",
            r"\bbroke\s+(?:his|her|its|their)\s+(?:neck|bones?|arm|legs?)\b",
        ),
    ),
    Rule(
        "killing",
        (1.0, 1.0, 0.5),
        "kill killed killing kills killer killers slain slay slays slew",
        (rf"\b(?:ate|eaten|devoured|gobbled up|swallowed)\s+(?:up\s+)?{PERSON}", r"\bput\s+to\s+death\b"),
    ),
    Rule("killing", ALL, "", (rf"\bkill(?:ed|s|ing)?\s+(?:(?:all|both)\s+)?(?:of\s+)?{MANY}",)),
    Rule("death", (1.0, 0.5, 0.2), "die dies died dying dead death deaths funeral burial deadly lifeless widow*"),
    Rule(
        "death", (1.0, 0.5, 0.2), "skull skulls skeleton* grave graves graveyard* coffin* tomb tombs cemeter* morgue*"
    ),
    Rule(
        "fright",
        (1.0, 0.5, 0.2),
        "scream* shriek* nightmare* monstrous terror terrors terrif* horror* horrif* horrid horrible evil hell devil* demon* "
        "satan* ghastly hideous gruesome agony agonis* torment* shudder* bloodcurdling possessed",
    ),
    Rule(
        "fright",
        ALL,
        "",
        (r"\b(?:nobody|no one)\s+(?:ever\s+)?(?:saw|heard of|found)\s+(?:him|her|them)\s+(?:ever\s+)?again\b",),
    ),
    Rule("fright", (0.4, 0.2, 0.1), "panic* dread* menac* sinister eerie creepy sobb* wail* howling"),
    Rule(
        "wounds",
        (1.0, 0.5, 0.2),
        "blood bloody bleed* bled wound wounds wounded wounding injur* scar scars bruis* vomit* pus",
    ),
    Rule(
        "wounds",
        ALL,
        "",
        (r"\bblood\s+(?:\w+\s+)?(?:poured|gushed|dripped|spurted|ran|ooz\w+|everywhere)", r"\bpool of blood\b"),
    ),
    Rule(
        "weapons",
        ALL,
        "pistol* rifle* shotgun* revolver* grenade* bazooka* bullets machine-gun* kalashnikov* warhead* missile*",
    ),
    Rule("weapons", (1.0, 0.5, 0.34), "gun guns bomb bombs bombed cannonball* landmine* dynamite bullet gunpowder"),
    Rule(
        "weapons",
        (0.5, 0.25, 0.1),
        "sword swords dagger daggers spear spears cannon cannons axe axes blade blades crossbow*",
    ),
    Rule(
        "self-harm",
        ALL,
        "suicid* self-harm* anorexi* bulimi*",
        (
            r"\b(?:kill|hurt|harm|cut|hang|drown|poison|starv)(?:ed|s|ing|e|t)?\s+(?:him|her|my|your|it|them|our)sel(?:f|ves)\s+(?:on purpose|to|because|so)\b",
            r"\b(?:kill|hang)(?:ed|s|ing)?\s+(?:him|her|my|your|it|them|our)sel(?:f|ves)\b",
            r"\b(?:wish(?:ed|es)?|want(?:ed|s)?)\s+(?:he|she|they|i|to)\s+(?:were|was|be|could be)?\s*(?:dead|die|never been born|stop living)\b",
            r"\bend(?:ed|ing)?\s+(?:his|her|my|your|their|it)\s+(?:own\s+)?(?:life|lives|all)\b",
            r"\b(?:cut|cutting|slashed|slit)\s+(?:his|her|my|your|their)\s+(?:own\s+)?(?:wrists?|arms?|skin)\b",
            r"\bstop(?:ped)?\s+eating\s+(?:to|so that|until)\b",
            r"\b(?:nobody|no one)\s+would\s+(?:miss|care about)\s+(?:him|her|me|you|them)\b",
            r"\bbetter\s+off\s+(?:dead|without\s+(?:me|him|her|you))\b",
        ),
    ),
    Rule(
        "what is for adults",
        ALL,
        "sex sexy sexi* sexual* porn* naked nude nudity rape raped rapist* erotic* genital* penis vagina orgasm* prostitut* "
        "brothel* molest* seduc* lust lustful stripper* pedophil* paedophil* incest* condom* striptease",
        (
            r"\b(?:made|making|make)\s+love\b",
            r"\bkiss(?:ed|ing)?\s+(?:him|her)\s+(?:passionately|hungrily|on the (?:lips|mouth))",
            r"\b(?:touch|touched|stroked|grabbed)\s+(?:his|her|their|my|your)\s+(?:private|breasts?|bottom|thighs?)",
            r"\b(?:took|take|taking)\s+off\s+all\s+(?:his|her|their|your)\s+clothes\b",
            r"\b(?:his|her|your|their)\s+(?:breasts|boobs|private parts)\b",
        ),
    ),
    Rule(
        "grooming",
        ALL,
        "",
        (
            r"\b(?:do not|don’t|never)\s+tell\s+(?:your\s+)?(?:mum|mummy|mother|dad|daddy|father|parents|teacher)\b",
            r"\b(?:keep|kept)\s+(?:it|this)\s+(?:a\s+)?secret\s+from\s+(?:your|his|her|their)\s+(?:mum|mummy|mother|dad|daddy|father|parents)\b",
            r"\bsend\s+(?:me|him|her)\s+(?:a\s+)?(?:photos?|pictures?|selfies?)\s+of\s+your(?:self| body)\b",
            r"\b(?:got|climbed|stepped|get)\s+into\s+the\s+stranger’s\s+(?:car|van)\b",
            r"\bmeet\s+me\s+(?:alone|in secret)\b",
        ),
    ),
    Rule(
        "drugs",
        ALL,
        "heroin cocaine cannabis marijuana methamphetamine meth overdos* vodka whisky whiskey drunkard* drunken* vape vaped "
        "vaping cigarette* cigar cigars tobacco opium ketamine ecstasy-pill* hashish tequila nicotine drug drugs drugged junkie*",
        (
            r"\b(?:he|she|they|i|you|we|king|man|men|father|sailors?)\s+(?:was|were|got|is|are|gets)\s+(?:very\s+|so\s+|quite\s+)?drunk\b(?!\s+(?:up|by|from|to the))",
            r"\bsmok(?:ed|ing|es)\s+(?:a\s+|his\s+|her\s+|some\s+)?(?:weed|joint|grass|pot)\b",
        ),
    ),
    Rule(
        "drugs",
        (0.5, 0.34, 0.2),
        "beer beers wine wines rum brandy ale gin poison poisoned poisonous pipe-smok* casino gambl*",
    ),
    Rule(
        "what must not be copied",
        ALL,
        "",
        (
            r"\b(?:drank|drink|drinking|swallow(?:ed|ing)?|tasted)\s+(?:\w+\s+){0,3}(?:bleach|petrol|detergent|batter(?:y|ies)|magnets?|pills|tablets|medicine bottle)\b",
            r"\b(?:stuck|poked|pushed|put|sticks|pokes)\s+(?:\w+\s+){0,4}(?:into|in)\s+the\s+(?:socket|plug|power point|toaster)\b",
            r"\b(?:climbed|crept|hid|crawled|jumped|hides)\s+(?:\w+\s+)?(?:into|inside|in)\s+the\s+(?:oven|fridge|freezer|washing machine|tumble dryer|microwave)\b",
            r"\bplastic\s+bag\s+over\s+(?:his|her|their|your|my)\s+head\b",
            r"\b(?:play(?:ed|ing)?\s+with|struck|lit)\s+(?:the\s+|some\s+|his\s+|her\s+)?match(?:es)?\b(?!\s+for\s+(?:grand|mother|father))",
            r"\bset\s+(?:the\s+\w+|it|his\s+\w+|her\s+\w+)\s+on\s+fire\b",
            r"\brope\s+(?:tight\s+)?(?:a)?round\s+(?:his|her|their|your|my)\s+neck\b",
            r"\bwithout\s+(?:a\s+)?seat\s?belts?\b",
            r"\bplay(?:ed|ing)?\s+on\s+the\s+(?:railway|motorway|train tracks?)\b",
        ),
    ),
    Rule(
        "bad language",
        ALL,
        "fuck* shit shits shitty bullshit bastard* bitch* cunt* wank* twat* piss pissed pissing crap crappy arse arsehole* "
        "asshole* slut* whore* damn damned goddamn* bollocks bugger* cocksucker* motherf* wtf omfg retard* "
        "nigger* nigga* kike* spic spics tranny trannies faggot faggots idiot idiots moron morons imbecile*",
        (r"\b(?:what|who|where|why)\s+the\s+hell\b", r"\bgo\s+to\s+hell\b", r"\bshut\s+(?:the\s+\w+\s+)?up,?\s+you\b"),
    ),
    Rule(
        "contempt",
        (1.0, 1.0, 0.5),
        "subhuman",
        (
            r"\b(?:you|he|she|they)(?:\s+(?:are|is|were|was)|’re|’s)\s+(?:so\s+|such\s+an?\s+|an?\s+)?(?:worthless|useless|stupid|disgusting|a waste of space|too fat|ugly and)\b",
            r"\b(?:everyone|everybody)\s+hates?\s+(?:you|him|her|them)\b",
            r"\b(?:stupid|fat|ugly|dumb|filthy)\s+(?:girl|boy|child|cow|pig|thing|foreigners?|kid|brat)\b[!,]",
            r"\b(?:girls|boys|foreigners|gypsies|jews|muslims|black people|disabled people)\s+(?:are|were)\s+(?:all\s+)?(?:stupid|weak|bad|dirty|lazy|worse|thieves|liars|no good)\b",
        ),
    ),
)

# Harmless turns that hold a word from above; they are read over.
EXCEPTIONS = (
    r"Dick\s+Whittington",
    r"dead\s+(?:of\s+(?:the\s+)?(?:night|winter)|lea(?:f|ves)|wood|branch(?:es)?|tree|twigs?|end|tired|still|calm|sure|certain|quiet|grass|flowers?|straight|heat)",
    r"(?:fire|flames?|wind|storm|sound|noise|music|song|laughter|applause|echo(?:es)?|voices?|light|lamp|candle|engine|battery|embers?|breeze|rain|hum(?:ming)?)s?\s+(?:had\s+|has\s+|slowly\s+|soon\s+|almost\s+|never\s+|at\s+last\s+)*(?:died|dies|die|dying|(?:is|was|went|were|are)\s+dead)(?:\s+(?:down|away|out))?",
    r"(?:died|dies|die|dying)\s+(?:down|away|out|of\s+(?:laughter|laughing|curiosity|boredom|embarrassment|shame))",
    r"dying\s+(?:to\s+\w+|for\s+a\b|(?:fire|light|embers?|sun|day))",
    r"(?:scream|shriek)\w*\s+(?:with|of)\s+(?:laughter|delight|joy|glee|excitement|happiness)",
    r"(?:a\s+)?(?:happy|joyful|delighted)\s+(?:scream|shriek)s?",
    r"blood[\s-]oranges?|(?:blue|royal)\s+blood|blood\s+moon",
    r"skeleton\s+(?:key|leaf|leaves|staff)|skull\s*cap",
    r"grave\s+(?:face|voice|look|nod|bow|little|and|owl|eyes|mistake)|looked\s+(?:very\s+)?grave",
    r"(?:kill(?:ed|ing|s)?)\s+(?:time|two\s+birds|an\s+hour|the\s+(?:lights?|engine|hours?|weeds?))",
    r"(?:wooden|toy|cardboard|paper|tin|stick|carrot|butter|icing)\s+(?:swords?|daggers?|spears?|cannons?|axes?|shields?)",
    r"(?:blades?)\s+of\s+grass|grass\s+blades?|(?:shoulder|propeller|oar|paddle|windmill|skate)\s*-?\s*blades?",
    r"(?:glue|water|squirt|hair|starting)\s+guns?|jumped?\s+the\s+gun",
    r"bath\s+bombs?|seed\s+bombs?|snow\s*gun|photo\s?bomb\w*|cherry\s+bombs?",
    r"gin(?:ger)?\s+(?:beer|ale)|root\s+beer|ginger\s+(?:wine|snap)",
    r"stubborn\s+ass|(?:the|an|old|grey|poor)\s+ass(?:es)?",
    r"faggots?\s+(?:of\s+)?(?:sticks|wood|twigs|firewood|brushwood)|bundle\s+of\s+faggots|faggots?\s+on\s+(?:his|her|its)\s+back",
    r"cock(?:’s)?\s+(?:crow\w*|a\s+doodle)|weather\s?cock",
    r"devil(?:ed|led)\s+eggs?|devil’s\s+food|dare\s?devil|speak\s+of\s+the\s+devil",
    r"shudder(?:ed|ing|s)?\s+to\s+a\s+(?:halt|stop)",
    r"evil-?smelling",
    r"possessed\s+(?:a|an|the|of|nothing|only|one|no)",
    r"poison(?:ed|ous)?\s+(?:ivy|apple|mushrooms?|toadstools?|berries|frogs?|dart\s+frogs?)",
    r"(?:scar|bruise)(?:d|s)?\s+(?:apples?|pears?|peach(?:es)?|plums?|fruit|bark)",
    r"wound\s+(?:up|down|round|around|its|his|her|their|through|along|the|a|and|back|into|itself|in|on|past|between|over|about)|(?:path|road|stream|river|stairs?|staircase|lane|way|track|clock|ivy|wool|scarf|it|he|she|they)\s+wound",
    r"bleed(?:ing)?\s+hearts?",
    r"crap\s*shoot|scrap",
    r"cook(?:ed|ing|s)?\s+(?:him|her|us|me|you|the\s+\w+)\s+(?:a|an|some|his|their|breakfast|lunch|dinner|supper|soup|porridge|pancakes)",
    r"(?:roasted|baked|boiled|fried)\s+(?:him|her|me|us|you)\s+(?:a|an|some)\b",
)

# Sturdy words of the other languages a story can be told in; lists for their fairy tales would need a reader of each.
FOREIGN = {
    "de": "scheiß* scheisse fick* arschloch* hure* hurensohn wichser* fotze* mord* ermord* töte* getötet vergewaltig* selbstmord* nackt* "
    "sexuell* pistole* gewehr* folter* leiche* heroin kokain zigarette* betrunken* blutbad* enthaupt* erstach erstochen erwürg* idiot*",
    "fr": "merde putain* salope* connard* connasse* enculé* bordel meurtre* assassin* tuer tué tuée tués violer viol violée suicid* nue nues "
    "sexuel* sexe pistolet* fusil* torture* cadavre* héroïne-drogue cocaïne cigarette* ivre ivrogne* décapit* poignard* étrangl* idiot idiote",
    "es": "mierda* puta* puto* joder* cabrón* coño* gilipollas asesin* mató matar mataron violar violación* suicid* desnud* sexual* sexo "
    "pistola* fusil* tortura* cadáver* heroína-droga cocaína cigarrillo* borrach* decapit* apuñal* estrangul* idiota*",
    "it": "merda* puttana* cazzo stronz* vaffanculo troia assassin* uccise uccidere ucciso omicid* stupr* suicid* nudo nuda sessual* sesso "
    "pistola* fucile* tortura* cadaver* cocaina sigarett* ubriac* decapit* pugnal* strangol* idiota*",
    "nl": "kut* klootzak* hoer* godverdomme kanker* moord* vermoord* gedood doodde verkracht* zelfmoord* naakt* seksueel* seks pistool* "
    "geweer* gemarteld* lijk heroïne cocaïne sigaret* dronken* onthoofd* wurgde gewurgd idioot* neuk*",
    "pt": "merda* puta* caralho* foder* fodid* cabrão* assassin* matou matar mataram estupr* violar violação suicíd* suicid* nua nu sexual* "
    "sexo pistola* espingarda* tortura* cadáver* cocaína cigarro* bêbad* decapit* apunhal* estrangul* idiota*",
}

PERSONAL = {
    "an e-mail address": r"[\w+-]@[\w-]{1,63}\.\w|\w\s{0,3}(?:\(at\)|\[at\])\s{0,3}\w",
    "a web address": r"\b(?:https?|ftp)\s?:\s?/?/|\bwww\.\w|\b[\w-]{2,63}\.(?:com|org|net|io|co\.uk|info|biz|dev|app|xyz|ru|de|fr)\b",
    "a telephone number": r"(?<![\w.,])(?:\+|00)?\d(?:[\s()/.-]{0,2}\d){6,14}(?![\w,])",
    "an address": r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w’-]+\s+){1,3}(?:Street|Road|Avenue|Lane|Drive|Close|Boulevard|Crescent|Court|Terrace|St|Rd|Ave)\b"
    r"|\b[A-Z][a-zäöüß]+(?:straße|strasse|weg|gasse)\s+\d{1,4}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b",
    "an account": r"(?<![\w@])@[A-Za-z]\w{2,30}\b|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}\b|(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)",
}

# In an idea only: what tells strangers about a child, and what is no idea for a story.
PRIVATE = {
    "a child’s full name": r"\b[Mm]y\s+(?:\w+\s+)?(?:son|daughter|child|boy|girl|niece|nephew|grandson|granddaughter|brother|sister|pupil)"
    r"(?:,|\s+is|\s+called|\s+named)*\s+[A-Z][\w’-]+\s+[A-Z][\w’-]+",
    "a school": r"\b(?:goes\s+to|attends|pupil\s+(?:at|of)|student\s+at|in\s+class\s+\w+\s+(?:at|of))\s+(?:the\s+)?(?:[A-Z][\w.’-]+\s+){1,4}(?:School|Academy|Kindergarten|Nursery|College)\b",
    "a birthday with its year": r"\bborn\s+(?:on\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?\w+[\s./,-]+\d{4}\b",
}
ORDERS = (
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|my\s+|of\s+|these\s+|those\s+)*(?:previous|above|prior|earlier|preceding|system)\s+(?:instructions?|rules?|prompts?|messages?|text)\b",
    r"\b(?:system|developer)\s+(?:prompt|message|mode)\b|\bjailbreak\w*|\bprompt\s+injection\b",
    r"\b(?:reveal|print|repeat|show|output)\s+(?:me\s+)?(?:your|the)\s+(?:instructions|prompt|api\s+key|secrets?|configuration|environment)\b",
    r"\b(?:you\s+are|act\s+as|pretend\s+to\s+be)\s+(?:now\s+)?(?:an?\s+)?(?:unrestricted|uncensored|DAN\b|language\s+model|AI\s+(?:model|assistant)|chatbot)",
)
