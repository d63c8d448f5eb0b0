// Our own lists of words in Latin letters: names of other peoples, widely known people, things. Law: public knowledge
// only, written down by hand.

const list = (text) => text.trim().split(/\s+/u);
const rows = (text) =>
  text
    .trim()
    .split(/\s*[,\n]\s*/u)
    .filter((row) => row !== "");

/** Given names and surnames of other peoples. */
export const ABROAD_GIVEN =
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
export const ABROAD_FAMILY =
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
export const PINYIN_FAMILY =
  list(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren lyu yao shen zhong cui tan fan liao shi jin jia xia fu
fang zou xiong bai meng qin qiu hou yin xue yan lei long tao mao hao gu gong shao wan qian dai mo kong xiang chang ouyang sima zhuge shangguan chiu wong
chan lee ng cheung leung chow hsu hsieh tsai lam yeung yip tse kwok fung chu ho tam siu lai mak poon ko lui yu chung tang`);
const THINGS_WRITTEN =
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

/** Widely known people, by the names they go by. */
export const KNOWN = rows(`
Justin Bieber, Selena Gomez, Taylor Swift, Katy Perry, Lady Gaga, Beyonce Knowles, Kanye West, Kim Kardashian, Rihanna Fenty, Nicki Minaj, Miley Cyrus,
Ariana Grande, Demi Lovato, Harry Styles, Niall Horan, Liam Payne, Louis Tomlinson, Zayn Malik, Ed Sheeran, Bruno Mars, Adele Adkins, Shawn Mendes,
Drake Graham, Eminem Mathers, Snoop Dogg, Lil Wayne, Chris Brown, Usher Raymond, Britney Spears, Christina Aguilera, Mariah Carey, Whitney Houston,
Michael Jackson, Janet Jackson, Elvis Presley, John Lennon, Paul McCartney, Mick Jagger, David Bowie, Freddie Mercury, Bob Dylan, Bob Marley, Kurt Cobain,
Barack Obama, Michelle Obama, Donald Trump, Hillary Clinton, Bill Clinton, George Bush, Joe Biden, Bernie Sanders, Mitt Romney, John McCain, Sarah Palin,
Nancy Pelosi, Ronald Reagan, Jimmy Carter, Richard Nixon, Vladimir Putin, Angela Merkel, Emmanuel Macron, Theresa May, Boris Johnson, Tony Blair,
David Cameron, Narendra Modi, Shinzo Abe, Justin Trudeau, Benjamin Netanyahu, Saddam Hussein, Osama Laden, Fidel Castro, Hugo Chavez, Nelson Mandela,
LeBron James, Kobe Bryant, Michael Jordan, Stephen Curry, Kevin Durant, Russell Westbrook, Dwyane Wade, Shaquille Neal, Tom Brady, Peyton Manning,
Eli Manning, Aaron Rodgers, Tim Tebow, Brett Favre, Cristiano Ronaldo, Lionel Messi, Neymar Santos, Wayne Rooney, David Beckham, Zlatan Ibrahimovic,
Luis Suarez, Fernando Torres, Frank Lampard, Steven Gerrard, Didier Drogba, Arsene Wenger, Jose Mourinho, Alex Ferguson, Pep Guardiola, Jurgen Klopp,
Roger Federer, Rafael Nadal, Novak Djokovic, Andy Murray, Serena Williams, Venus Williams, Maria Sharapova, Tiger Woods, Usain Bolt, Lewis Hamilton,
Floyd Mayweather, Manny Pacquiao, Conor McGregor, Ronda Rousey, Hulk Hogan, Brad Pitt, Angelina Jolie, Jennifer Aniston, Jennifer Lawrence, Emma Watson,
Daniel Radcliffe, Rupert Grint, Robert Pattinson, Kristen Stewart, Taylor Lautner, Leonardo DiCaprio, Johnny Depp, Tom Cruise, Tom Hanks, Will Smith,
Denzel Washington, Morgan Freeman, Samuel Jackson, Robert Downey, Chris Evans, Chris Hemsworth, Scarlett Johansson, Mark Ruffalo, Jeremy Renner,
Benedict Cumberbatch, Martin Freeman, Ian McKellen, Patrick Stewart, Hugh Jackman, Ryan Reynolds, Ryan Gosling, Emma Stone, Anne Hathaway, Meryl Streep,
Natalie Portman, Keira Knightley, Megan Fox, Zac Efron, Vanessa Hudgens, Ashton Kutcher, Mila Kunis, Charlie Sheen, Oprah Winfrey, Ellen DeGeneres,
Jimmy Fallon, Jimmy Kimmel, Conan Brien, Jay Leno, David Letterman, Stephen Colbert, Jon Stewart, Glenn Beck, Rush Limbaugh, Simon Cowell, Paula Abdul,
Kylie Jenner, Kendall Jenner, Paris Hilton, Lindsay Lohan, Steve Jobs, Bill Gates, Mark Zuckerberg, Elon Musk, Jeff Bezos, Larry Page, Sergey Brin,
Tim Cook, Linus Torvalds, Richard Stallman, Warren Buffett, Stephen Hawking, Albert Einstein, Isaac Newton, Charles Darwin, Nikola Tesla, Carl Sagan,
Neil Tyson, Richard Dawkins, Noam Chomsky, Stephen King, Dan Brown, George Orwell, Ernest Hemingway, Mark Twain, Jane Austen, Agatha Christie,
Kate Middleton, Princess Diana, Winston Churchill, Adolf Hitler, Joseph Stalin, Mahatma Gandhi, Martin King, Malcolm Little, Abraham Lincoln,
George Washington, Thomas Jefferson, Alexander Hamilton, Aaron Burr, Julian Assange, Edward Snowden, Amy Winehouse, Marilyn Monroe, Audrey Hepburn,
Shah Khan, Salman Khan, Aamir Khan, Amitabh Bachchan, Sachin Tendulkar, Virat Kohli, Jackie Chan, Bruce Lee, Yao Ming, Jeremy Lin, Hideo Kojima,
Shigeru Miyamoto, Hayao Miyazaki, Quentin Tarantino, Christopher Nolan, Steven Spielberg, Woody Allen, Peter Jackson, Stan Lee, Joss Whedon
`);

/** Firms, shops and makes that bear people's names. */
export const FIRMS = rows(`
JP Morgan, Morgan Stanley, Goldman Sachs, Wells Fargo, Charles Schwab, Merrill Lynch, Lehman Brothers, Johnson & Johnson, Ben & Jerry's, Marks & Spencer,
Procter & Gamble, Black & Decker, Ernst & Young, Price Waterhouse, Smith & Wesson, Abercrombie & Fitch, Dolce & Gabbana, Tiffany & Co, Simon & Schuster,
Ralph Lauren, Calvin Klein, Tommy Hilfiger, Louis Vuitton, Christian Dior, Yves Saint Laurent, Hugo Boss, Giorgio Armani, Michael Kors, Jimmy Choo, Max Mara,
Marc Jacobs, Kate Spade, Estee Lauder, Mary Kay, Elizabeth Arden, Harley Davidson, Rolls Royce, Aston Martin, Mercedes Benz, Mercedes, Bentley, Porsche,
Ferrari, Chrysler, Lincoln, Ford, Buick, Cadillac, Tesla, Bugatti, Jack Daniels, Johnnie Walker, Jim Beam, Captain Morgan, Dom Perignon, Jose Cuervo,
Wendy's, Papa John's, Jimmy John's, Carl's Jr, Denny's, Arby's, Applebee's, Chili's, Domino's, Dunkin' Donuts, Tim Hortons, Macy's, Kohl's, Lowe's,
Sainsbury's, Trader Joe's, Dick's, Bloomingdale's, Nordstrom, Barclays, Lloyds, Kellogg's, Hershey, Mars, Heinz, Campbell's, Hewlett Packard, Dell, Disney,
Warner Bros, Sotheby's, Christie's, Harrods, John Deere, John Hancock, Eli Lilly, Thomas Cook, Sherwin Williams, Victoria's Secret, Williams Sonoma,
Gillette, Colgate, Siemens, Bosch, Philips, Honda, Suzuki, Adidas, Nestle, Cadbury, Twinings, Lipton, Uncle Ben's, Aunt Jemima, Duncan Hines, Betty Crocker
`);
export const BANDS = rows(`
Pink Floyd, Led Zeppelin, Jethro Tull, Van Halen, Bon Jovi, Jonas Brothers, Fleetwood Mac, Lynyrd Skynyrd, Alice in Chains, Dave Matthews Band, Jane's Addiction,
Franz Ferdinand, Florence and the Machine, Foster the People, Simon & Garfunkel, Hall & Oates, Marilyn Manson, Alice Cooper, Judas Priest, Molly Hatchet,
Maroon 5, Coldplay, One Direction, Little Mix, Destiny's Child, Crosby Stills & Nash, Jackson 5, Allman Brothers, Everly Brothers, Mumford & Sons, Steely Dan
`);
/** Laws, illnesses, tools and prizes that bear people's names. */
export const EPONYMS = rows(`
Nash equilibrium, Markov chain, Fourier transform, Gaussian blur, Bayes theorem, Euler's formula, Newton's method, Turing machine, Poisson distribution,
Fibonacci numbers, Dijkstra's algorithm, Levenshtein distance, Hamming code, Kalman filter, Pareto front, Monte Carlo method, Bernoulli trial, Cauchy sequence,
Hilbert space, Laplace transform, Taylor series, Riemann sum, Jacobian matrix, Hessian matrix, Hermitian operator, Lagrange multiplier, Mandelbrot set,
Parkinson's disease, Alzheimer's disease, Down syndrome, Crohn's disease, Hodgkin lymphoma, Tourette syndrome, Huntington's disease, Asperger syndrome,
Doppler effect, Richter scale, Geiger counter, Petri dish, Bunsen burner, Diesel engine, Morse code, Caesar salad, Fahrenheit scale, Murphy's law,
Moore's law, Ohm's law, Boyle's law, Hooke's law, Occam's razor, Achilles tendon, Adam's apple, Nobel Prize, Pulitzer Prize, Tony Award, Emmy Award,
Oscar night, Grammy Award, Davis Cup, Stanley Cup, Ryder Cup, Heisman Trophy, Booker Prize, Fields Medal, Columbus Day, Halley's comet, Hubble telescope,
Cassandra cluster, Jenkins job, Travis build, Kafka topic, Julia notebook, Haskell code, Ruby gem, Pascal program, Ada compiler, Celery worker, Maven project,
Jasmine test, Karma runner, Siri command, Alexa skill, Cortana search, Claude prompt, Gemini model, Eliza bot, Lambda function, Hadoop job, Puppet manifest,
Chef recipe, Vagrant box, Bash script, Perl module, Linus tree, Bluetooth headset, Jordan shoes, Watson service, Einstein notation, Tesla coil
`);

/** By strength (english-words.ts): what is written large and is no person. */
export const THINGS = [
  [2, THINGS_WRITTEN],
  [
    2,
    list(`twitter facebook instagram snapchat tumblr pinterest linkedin whatsapp telegram skype zoom slack discord twitch tiktok spotify netflix hulu
youtube vimeo reddit quora medium github gitlab bitbucket stackoverflow google gmail chrome firefox safari edge opera windows macos ios android ubuntu debian
fedora photoshop excel powerpoint word outlook office dropbox evernote trello jira asana salesforce shopify etsy ebay paypal venmo stripe uber lyft airbnb
ikea costco walmart target walgreens kroger safeway starbucks subway chipotle wendys mcdonalds nintendo playstation xbox minecraft fortnite pokemon zelda
mario halo skyrim warcraft starcraft diablo overwatch hogwarts gryffindor jedi sith marvel avengers simpsons seinfeld sherlock netflix hbo espn bbc cnn nasdaq
nyse dow nfl nba mlb nhl ufc wwe lakers celtics yankees dodgers cubs giants jets patriots cowboys packers steelers eagles arsenal chelsea liverpool everton
barcelona juventus bayern honda toyota lexus mazda subaru hyundai kia volvo jeep dodge chevy tesla prius corolla civic camry mustang jquery angular react vue
svelte node deno bun npm yarn webpack babel eslint prettier typescript javascript python ruby rust golang kotlin swift java scala haskell perl lua bash zsh
docker kubernetes redis postgres mysql mongo sqlite kafka nginx apache tomcat jenkins terraform ansible lambda azure aws gcp heroku netlify vercel openai
chatgpt claude gemini llama mistral copilot unicode ascii utf json yaml xml html css svg png jpeg pdf http https tcp udp dns tls ssl ssh oauth jwt api rest
graphql grpc websocket markdown latex regex posix ieee iso ecma mit bsd gpl apache eof nan null undefined todo fixme readme changelog license copyright
array object string number boolean function promise buffer stream error symbol map set date math proxy iterator module class interface type enum node`),
  ],
  [
    3,
    list(`ok okay lol omg wtf lmao rofl smh tbh imo imho btw fyi asap idk ikr yolo fml ffs haha hahaha hehe yay yeah yep nope hmm ugh wow oops
happy merry good great nice thanks thank please sorry congrats dear hello hey hi bye morning afternoon evening night tonight today tomorrow yesterday`),
  ],
];
