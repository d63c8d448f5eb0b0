// The English list: given names and surnames (1990 US census, public domain), frequent words, things that are no people.
// Law: sorted, so the same sources give the same bytes.

import { createRequire } from "node:module";
import { join } from "node:path";

const GIVEN_MAX = 4200;
const FAMILY_MAX = 17000;
const WORDS_MAX = 7000;
const WORD = 1 << 4;
const THING = 1 << 5;
const BOTH = 1 << 6;

const list = (text) => new Set(text.trim().toLowerCase().split(/\s+/));

/** Given names and surnames of other peoples: our own list. */
const ABROAD_GIVEN =
  list(`lars sven bjorn björn erik nils ole olav gunnar ingrid astrid sigrid solveig kirsten mette anders mikkel rasmus jens henrik magnus leif knut torsten göran gustav axel
oskar linnea freja hans jürgen jurgen klaus wolfgang dieter helmut heinz günter gunther ulrich jörg jorg steffen uwe ralf matthias sebastian florian lukas jonas felix maximilian moritz leonie annika heike
petra sabine ursula monika birgit anke katrin johann friedrich gerhard manfred pierre jean-luc françois francois jacques michel philippe laurent thierry olivier nicolas guillaume antoine benoit benoît
mathieu étienne etienne luc marcel didier gérard chantal monique isabelle sylvie nathalie amélie amelie celine céline aurélie juliette margaux manon chloé zoé giuseppe giovanni luca marco matteo lorenzo francesco
alessandro paolo pietro stefano andrea massimo fabio roberto claudio enrico davide simone giulia chiara francesca elena martina valentina federica paola silvia josé jose juan carlos luis miguel javier
jorge pedro diego alejandro fernando sergio pablo rafael manuel raúl raul andrés andres álvaro alvaro iván ivan hugo santiago mateo lucía lucia maría carmen pilar dolores consuelo inés ines ximena joão joao
paulo thiago rodrigo gustavo gonçalo tiago beatriz mariana fernanda luiza ana vladimir vladislav dmitri dmitry sergei sergey aleksandr alexei alexey mikhail nikolai nikolay boris yuri igor oleg
anatoly viktor pavel andrei andrey konstantin leonid anastasia olga svetlana natalia irina tatiana yelena oksana ludmila galina nadezhda piotr paweł pawel krzysztof tomasz marcin jakub michał wojciech
andrzej stanisław jerzy agnieszka katarzyna małgorzata magdalena zofia jiri jiří petr tomáš zdenek jana lenka istván laszlo lászló ferenc zoltán zoltan attila gábor bálint ion mihai radu bogdan
ioana milan goran zoran dragan slobodan nikola marko jovan miloš novak ante dimitris giorgos yannis nikos kostas stavros eleni sofia mehmet mustafa ahmet ali hasan hüseyin huseyin emre burak kemal ayşe ayse fatma
elif zeynep mohammed muhammad mohamed ahmed mahmoud omar khaled hassan hussein youssef ibrahim abdullah abdul karim tariq bilal faisal salman saeed nasser jamal rashid fatima aisha khadija layla leila zainab
noor yasmin maryam reza hamid mehdi amir dariush farhad shirin parisa raj rajesh suresh ramesh mahesh amit anil sunil vijay sanjay rahul rohit arjun vikram krishna ganesh deepak ashok manish
nikhil aditya karthik pradeep naveen priya pooja neha anjali kavita sunita lakshmi divya sneha shreya ananya deepika meera indira imran asif waqas usman zahid hiroshi takashi kenji satoshi
haruki akira taro ichiro kazuo yuki yuko akiko keiko haruka sakura naoko emi minjun jihoon seoyeon jisoo minho hyun soo-jin min-jun ji-woo nguyen minh anh hung tuan thanh linh huong trang
somchai siti budi agus dewi putri wayan chinedu oluwaseun kwame kofi abena thabo sipho nomsa amara aoife siobhan niamh ciaran declan fergus padraig eoin hamish callum angus ewan alasdair rhys dylan
gareth ioan alistair nigel graham clive trevor gemma imogen pippa tamsin ebba elsa alma maja ida tuva emilie sofie laerke signe maren ragnhild mikko jukka antti juha pekka timo matti aino päivi sari
joost pieter jan willem hendrik bram daan sander thijs maarten joris femke sanne lotte anouk marijke katja ilse avi moshe yosef shlomo eitan noam yael tamar rivka shira dov`);
const ABROAD_FAMILY =
  list(`müller muller schmidt schneider fischer weber wagner becker hoffmann schäfer koch bauer richter klein wolf schröder schroeder neumann schwarz zimmermann braun krüger hofmann hartmann lange schmitt
krause lehmann schulz köhler koehler dubois durand lefebvre leroy moreau laurent girard bonnet dupont lambert fontaine rousseau blanchard gauthier chevalier renault rossi russo ferrari esposito
bianchi romano colombo ricci greco conti gallo costa fontana marino rizzo lombardi moretti barbieri garcía gonzález rodríguez fernández lópez martínez sánchez pérez gómez jiménez ruiz hernández díaz
moreno álvarez muñoz romero alonso gutiérrez navarro torres domínguez vázquez ramos gil ramírez serrano silva santos oliveira souza pereira lima carvalho ferreira ribeiro almeida barbosa rocha
ivanov petrov sidorov smirnov kuznetsov popov sokolov lebedev kozlov novikov morozov volkov putin medvedev gorbachev yeltsin nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański novák
svoboda dvořák nagy kovács tóth szabó horváth varga kiss molnár popescu ionescu papadopoulos yilmaz kaya demir şahin çelik öztürk aydın özdemir arslan doğan khan ahmed hussain malik iqbal sheikh patel shah sharma
gupta singh kumar verma mehta kapoor reddy rao nair iyer chopra banerjee mukherjee chatterjee das bose ghosh mishra pandey yadav tanaka suzuki sato takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada
sasaki yamaguchi matsumoto inoue kimura hayashi shimizu mori abe ikeda hashimoto ishikawa kim park choi jung kang cho yoon jang lim shin tran le pham hoang phan vu dang bui do ho ngo duong hansen johansen
olsen larsen andersen pedersen nilsen kristiansen jensen karlsen johnsen pettersen eriksen berg haugen hagen johannessen jacobsen dahl lund halvorsen sørensen strand nielsen christensen rasmussen madsen andersson johansson
karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson lindberg lindström lindqvist bergström bergman virtanen korhonen mäkinen nieminen jansen bakker visser smit meijer mulder bos vos peters
hendriks dekker dijkstra obama osama laden hussein saddam arafat sharon netanyahu abbas khomeini ahmadinejad mubarak gaddafi assad musharraf bhutto gandhi nehru modi`);
/** Given names that are words as often. */
const BOTH_LIST =
  list(`will mark may grace hope rose bill frank art faith joy dawn april june august summer autumn ivy lily daisy violet ruby pearl amber crystal jade iris
holly ginger olive hazel heather jasmine basil sage rich rusty dusty sandy misty rocky buddy sunny gene guy don ray rod jack bob chip pat drew nick josh chase grant miles
pierce lance cliff dale glen forest woody wade rob sue penny melody harmony carol charity christian destiny angel star earnest ernest max major duke earl king prince royal judge
love precious princess queen sky skye stormy royce page paige reed sterling stone brook brooks cash carter hunter mason tyler cooper parker sawyer taylor porter archer fisher baker
many so an in see my do ok person man so le an see son in my so case else early long short young old black white brown green gray golden loan long land lane lee li min dong man van
son so tan tu un yen yi yu bee bell belle bird blue candy cherry china dallas denver austin houston jackson madison carolina dakota georgia virginia savannah sydney paris london
india asia israel jordan kenya chance jean jules lane page story trinity merry noble vance west wes worth mercy patience temple eden haven journey legend maverick major sincere`);
/** Places, peoples, days, bodies, makes: capitalised and no people. */
const THINGS =
  list(`monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
america american americans usa us uk england english british britain scotland scottish wales welsh ireland irish france french germany german germans italy italian spain spanish portugal
portuguese greece greek turkey turkish russia russian russians ukraine ukrainian poland polish czech hungary romania bulgaria serbia croatia austria swiss switzerland sweden swedish norway
denmark danish finland finnish iceland netherlands dutch belgium belgian luxembourg europe european asia asian africa african australia australian zealand canada canadian mexico mexican brazil
brazilian argentina chile peru colombia venezuela cuba cuban panama jamaica haiti china chinese japan japanese korea korean taiwan taiwanese hong kong macau singapore malaysia malaysian indonesia
philippines thailand thai vietnam vietnamese cambodia laos burma myanmar india indian indians pakistan pakistani bangladesh nepal tibet mongolia kazakhstan afghanistan afghan iran iranian iraq
iraqi israel israeli israelis palestine palestinian palestinians gaza syria syrian lebanon lebanese jordan egypt egyptian libya libyan tunisia algeria morocco sudan ethiopia kenya nigeria
ghana congo zimbabwe saudi arabia arab arabs arabic kuwait qatar dubai emirates yemen oman bahrain jewish jews jew muslim muslims islam islamic christian christians catholic catholics
protestant hindu buddhist buddhism christianity sunni shiite shia kurdish kurds taliban hamas hezbollah fatah york washington chicago boston london paris berlin rome madrid moscow tokyo beijing
shanghai guangzhou shenzhen hangzhou nanjing tianjin chongqing chengdu wuhan baghdad tehran jerusalem kabul cairo delhi mumbai bombay calcutta bangkok sydney melbourne toronto vancouver montreal
california texas florida ohio michigan illinois pennsylvania georgia alabama alaska arizona arkansas colorado connecticut delaware hawaii idaho indiana iowa kansas kentucky louisiana maine maryland massachusetts
minnesota mississippi missouri montana nebraska nevada hampshire jersey oklahoma oregon dakota tennessee utah vermont wisconsin wyoming virginia carolina seattle houston dallas denver atlanta miami
philadelphia phoenix detroit portland vegas orleans hollywood manhattan brooklyn harlem bronx queens pacific atlantic mediterranean caribbean arctic amazon nile everest himalaya
google microsoft apple facebook twitter instagram youtube amazon netflix ibm intel oracle samsung sony toyota honda nissan ford chevy chevrolet mercedes benz bmw audi volkswagen porsche ferrari
tesla nike adidas nintendo xbox playstation iphone ipad android windows linux ubuntu mac java python javascript typescript node docker kubernetes github git reddit wikipedia yahoo ebay paypal
visa mastercard starbucks mcdonalds walmart disney pixar marvel batman superman spiderman enron congress senate democrat democrats republican republicans gop nasa fbi cia nato un eu bbc cnn nbc
abc cbs fox nfl nba nhl mlb fifa uefa ncaa internet web http https json xml html css sql api url christmas easter halloween thanksgiving ramadan god jesus christ bible quran torah allah buddha
lord santa satan earth mars venus jupiter saturn mercury english chinese street avenue road university college school hospital inc corp ltd llc company dear hello thanks regards subject
north south east west northern southern eastern western central united states kingdom republic union federal national international ministry department bureau committee council commission
court police army navy marines party government parliament bank bureau agency association institute foundation center centre museum library airport station hotel restaurant park river lake mountain island
bridge tower church temple mosque cathedral palace castle square market plaza mall stadium arena theater theatre cinema olympics olympic cup league championship world war
apartment suite floor building room unit box post mail email phone fax website homepage copyright rights reserved version windows mr mrs ms dr prof sir madam jr sr`);
/** Surnames that are words at least as often. */
const WORDY =
  list(`young long white black brown green gray king price day hill park bush church bank field fields wood woods stone rivers lake banks house home hand head foot love best good
rich poor small little short sharp wise swift quick strong power powers pope bishop monk knight noble page cook baker butler carpenter cooper farmer fisher gardener hunter mason miller porter potter
sawyer shepherd smith taylor turner walker weaver wright ward wall walls waters wells west winter summer spring frost snow storm rain rice salt pepper berry bean beans lamb wolf fox bird crane
drake finch hawk swan case cash coin cross court cost street lane way gates gate hall rooms barber barn beard bell bond book books bowl box branch bridge bridges brook brooks burns bright camp chance child
christian cloud close coffee cole combs craft curry dale dean dear early english fair faith farm fine fish flower flowers forest france french friend frank garden german gold golden grant grass
grave graves guest gun guy hardy harp heart high hope horn hunt ivory jewel joy judge just key keys keen land large last law lord lucky major man march mark may mercer mill mills moon moody
more moss nail news nice north noon old oak ocean orange pace pack paid paper parent peace pike pill place plant pool pound pride prince race rule rush sad sales savage school sell shade shaw shell
ship shoe show silver sister song south speed star steel still stock stout sun sweet tate temple thing tiger top town train trip true vice view weeks weir wilder wing worth
see so do can will us me no yes all any some one two may might must shall let get go come take make give put set run say said ask tell use used work call try need feel`);

export function englishBytes(namesPackage, wordsPackage) {
  const require = createRequire(import.meta.url);
  const names = require(join(namesPackage, "lib/names.js"));
  const flags = new Map();
  const add = (word, bits) => flags.set(word, (flags.get(word) ?? 0) | bits);
  for (const given of [names.first_male, names.first_female])
    given.slice(0, GIVEN_MAX).forEach((name, rank) => {
      const word = name.toLowerCase();
      const strength = rank < 400 ? 3 : rank < 1400 ? 2 : 1;
      if (((flags.get(word) ?? 0) & 3) < strength) flags.set(word, ((flags.get(word) ?? 0) & ~3) | strength);
    });
  names.last.slice(0, FAMILY_MAX).forEach((name, rank) => {
    add(name.toLowerCase(), (rank < 800 ? 3 : rank < 4000 ? 2 : 1) << 2);
  });
  frequentWords(require(join(wordsPackage, "words.js"))).forEach((word, rank) => {
    const now = flags.get(word) ?? 0;
    const given = now & 3;
    const family = (now >> 2) & 3;
    const isName =
      given >= 2 || family === 3 || (given + family >= 2 && rank > 1500) || (given + family >= 1 && rank > 4000);
    if (!isName || (rank < 250 && given < 3)) add(word, WORD);
  });
  for (const word of ABROAD_GIVEN)
    if (((flags.get(word) ?? 0) & 3) < 2) flags.set(word, ((flags.get(word) ?? 0) & ~3) | 2);
  for (const word of ABROAD_FAMILY)
    if ((((flags.get(word) ?? 0) >> 2) & 3) < 2) flags.set(word, ((flags.get(word) ?? 0) & ~12) | 8);
  for (const word of WORDY) add(word, WORD);
  for (const word of BOTH_LIST) if ((flags.get(word) ?? 0) & 3) add(word, BOTH | WORD);
  for (const word of THINGS) add(word, THING | WORD);
  return bytesOf(
    [...flags].filter(([word]) => /^[a-zà-ÿ][a-zà-ÿ'-]{0,19}$/u.test(word)).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  );
}

const frequentWords = (words) =>
  (words.words ?? words.default ?? words).filter((word) => word.length > 1).slice(0, WORDS_MAX);

function bytesOf(rows) {
  const out = [rows.length & 255, (rows.length >> 8) & 255, rows.length >> 16, 0];
  let last = "";
  for (const [word, bits] of rows) {
    let shared = 0;
    while (shared < last.length && last[shared] === word[shared]) shared++;
    out.push(shared, word.length - shared, ...Array.from(word.slice(shared), (char) => char.charCodeAt(0) & 255), bits);
    last = word;
  }
  return Buffer.from(out);
}
