// Latin letters as they stand in Chinese sentences: people, and words that are none. Law: our own lists.

const list = (text) => text.trim().split(/\s+/u);

export const LATIN_GIVEN = list(`
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary
Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Frank Gregory Raymond Alexander Patrick Jack Dennis Jerry Tyler Aaron Henry Peter Adam Zachary Nathan Walter Kyle Harold Carl Jeremy Keith Roger Arthur Terry
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Betty Sandra Ashley Dorothy Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy
Angela Shirley Anna Ruth Brenda Pamela Nicole Katherine Samantha Christine Catherine Virginia Rachel Janet Emma Maria Heather Diane Julie Joyce Victoria Kelly Christina Joan Evelyn Lauren Judith Olivia Frances Martha Cheryl Megan
Jay Jolin Selina Hebe Ella Vivian Angelababy Eason Leo Tony Andy Tom Jim Tim Bob Bill Ben Sam Max Alex Nick Mike Steve Joe Dan Ken Ray Roy Fred Ted Lucas Hugo Pierre Jean Michel Hans Klaus Dirk Jürgen Carlos Pedro Diego Juan Luis
Sergio Marco Paolo Giuseppe Ivan Boris Vladimir Dmitri Yuri Olga Natasha Akira Kenji Yuki Hiroshi Sky Moon Grubby Coco Cindy Grace Wendy Lily Lucy Alice Rose Jane Kate Joanna Iris Sunny Echo Vicky Candy Fiona Judy Tina Helen Peggy
`);

export const LATIN_FAMILY = list(`
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Wilson Anderson Taylor Thomas Moore Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Hill Scott Green Adams Baker Nelson Carter
Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Bailey Reed Kelly Howard Cox Ward Richardson Watson Brooks Gray Bennett Hughes Price Myers Long Foster
Sanders Ross Powell Sullivan Russell Fisher Henderson Simmons Graham Wallace West Owens Fox Gates Jobs Bush Clinton Obama Trump Beckham Jordan Bryant Federer Nadal Müller Schmidt Schneider Weber Becker Hoffmann Dubois Moreau Laurent
Rossi Ferrari Bianchi Romano Fernandez Lopez Gonzalez Perez Sanchez Silva Santos Ivanov Petrov Smirnov Tanaka Suzuki Sato Kim Lee Park Choi Wang Zhang Chen Liu Yang Huang Wu Zhou Chan Wong Cheung Lam Leung Ng Ho Tam Kwan Chow
`);

export const LATIN_WORDS = list(`
NBA CBA CEO CFO CTO IT PC DVD CD MP3 GDP CPI PMI WTO IMF APEC EVA OK VIP DNA ID IP QQ MSN BBS BT USB CPU GPU LCD LED GPS ATM KTV MV SUV MBA EMBA GRE TOEFL AIDS SARS FBI CIA NASA IBM HP LG TCL BBC CNN NHK HBO MTV ESPN FIFA UEFA ATP WTA NCAA
UFC MVP Windows Linux Android Office Word Excel Google Yahoo Apple Microsoft Intel Nokia Sony Samsung Adobe Photoshop Facebook Twitter YouTube Wii Xbox PSP PlayStation Nintendo iPhone iPad iPod Mac Blog Wiki Online Live Music Party Show
Club Bar Fashion Style Cool Happy Love Baby Girl Boy Star Super Power Dream World Game Play Sports News Times Day Night House Home City Street Park Center Bank Air China Beijing Shanghai London Paris New York Tokyo America Java Python
Server Client Error Code Test Demo Beta Pro Plus Mini Max Air Note Book Pad Phone Watch App Web Net Data Cloud Open Source Project Report Market Price Chanel Dior Gucci Prada Nike Adidas Benz BMW Audi Ford Toyota Honda Spa Buffet Menu
`);
