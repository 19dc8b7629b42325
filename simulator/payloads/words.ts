/** Made with faker by `node tools/words.ts`; what is written here by hand is overwritten. */

function listOf(text: string): readonly string[] {
  return text.trim().split(/\s*\|\s*/);
}

export const names = {
  en: listOf(`
Chelsie Schaefer | Alvah West | Antone Lubowitz | Miss Else Hyatt | Miss Meda Dooley | Marquise Kilback DDS | Merritt Roberts Sr. | Rodolfo Hudson | Caesar Bergstrom-McClure | Dr. Benny Armstrong |
Dominique Hagenes | Sabryna Schaden | Melyna Kling | Dr. Juvenal Larkin-Marks IV | Maymie Senger | Rosie Hagenes | Talon Labadie | Bethel Cruickshank | Johan Pfeffer | Philip Kuhic I |
Dean McDermott-McCullough | Lillian Cummings | Palma Rohan | Meda Hauck | Sheldon Weber | Virgil Simonis-Lind | Clare Kuvalis I | Candelario Mante | Agnes Jast | London Ratke |
Marquise Lindgren-Kuphal DVM | Laila Raynor DDS | Sonya Stanton | Sasha Berge | Kraig Corwin | Cecile Hessel | Freddie Kilback | Reagan Heaney | Bartholome Pacocha | Ervin Monahan | Perry Jacobi |
Jeff O'Hara | Ms. Zora Cruickshank | Adele Wintheiser | Quentin Daniel MD | Callie Quitzon | Luis Swift | Florencio Monahan-Stiedemann Sr. | Brooke Turner IV | Berniece Kessler | Mr. Elian Ebert |
Earl Lakin MD | Janie Rutherford | Quinn Green | Sigurd Grady | Bradford Hauck | Christina Dickens | Liana O'Hara | Baron Kunze | Jess Wyman | Gilberto Senger | Jaime Gulgowski IV | Hester Schoen |
Dr. Alexandrea Prosacco | Dakota Block | Ena Johnston | Ms. Dora Brakus | Freddie Altenwerth | Rae Wiegand | Ernestine Pfannerstill | Godfrey Ledner DVM | Javonte Mayert | Brandy Conn | Vito Bednar |
Keeley Steuber | Cali Legros | Naomie Yost | Mr. Orrin Bashirian | Destinee McDermott | Demario Kutch | Garry Rosenbaum | Rashad Gerlach | Conrad Collins | Mr. Brando Herman | Zoila Bins II |
Kaylee Johnson | Daniela Roberts | Norris Bins | Lizzie Hansen | Michele Feil | Mack Schinner V | Scotty Gorczany | Abdullah Kiehn | Brando Larkin | Alvina Tremblay | Mr. Alexzander Beer |
Jules Spencer | Leroy Larkin | Mr. Vincenzo Gottlieb | Sue Klein | Paolo Robel | Dr. Khalid Reynolds | Karine Kassulke | Forest Rodriguez-Schumm | Mckayla Spencer | Derick Rau PhD | Kelvin Walsh |
Ford Marquardt | Lynda Hayes | Garret Steuber MD | Reginald Kerluke | Ms. Delilah Krajcik | Quinn Wilderman III | Jessyca Smith | Miss Madisen Lehner-Fahey | Cicero Abernathy | Giuseppe Lakin IV |
Rosario Spinka | Dr. Hattie Wuckert II | Jefferey Kessler | Janelle Jakubowski | Johnathan Moore | Avis Lindgren | Amely Nitzsche | Mr. Mustafa Terry | Mr. Elliot Sipes Jr. | Boris Friesen |
Emmet Leuschke | Fanny Collins | Ms. Darby McCullough | Dr. Shanon O'Hara | Terrence Wyman | Jimmie Maggio-Ernser | Mr. Alfonso Streich | Herminio Kutch | Novella Jacobi | Alton Becker |
Eldon Harvey | Gerald Keeling | Donald Kuhlman | Dina Balistreri | Dr. Keegan Abernathy | Adolph Nikolaus | Dejon Feil | Macy Kirlin | Buford McLaughlin | Kelli Jerde | Novella Ryan |
Carmelo Carter | Julio Reinger | Zoey Schinner | Efrain Auer | Jayne Stiedemann | Mitchel Denesik | Dr. Betty Altenwerth | Oswaldo Sawayn | Chelsie Shanahan | Justus Senger | Jordyn Schiller |
Nestor Wolf | Minnie McGlynn | Lon Heller | Garrison Lockman-Schumm | Cale Bruen | Keyon Schiller | Mckenna Dickinson | Shyanne Mosciski | Alaina Boyer | Arnulfo Hessel | Abraham Pouros IV |
Duane Conn | Dr. Zoila Prohaska PhD | Freddie VonRueden | Jacinthe Corkery | Liliana Gleichner | Joany Trantow | Coleman Swift | Christiana Rath | Hazel Reichel | Dr. Kasey Monahan | Drew Torphy |
Kailey Rath | Darien Toy Jr. | Inez Dare | Herminia Carroll | Dr. Jensen Schroeder | Domingo Erdman | Deon Bosco | Marilie Klocko-Treutel | Steven Zemlak | Lia Stark-Ritchie | Jules Huels-Reichert |
Fabian Prohaska | Jenifer Bode | Bailey Schiller | Laurel McKenzie | Randall Collier | Daphney Reichel | Jeannie Hayes | Reymundo Bashirian | Ottis Marvin | Casimer Hand | Nannie Hermann |
Dane Hegmann | Dr. Noelia Hills V | Okey Cummerata | Ms. Evie Hilll | Providenci Johns IV | Beaulah Waelchi | Felicity Lemke-Ullrich | Lila Rutherford Jr. | Easton Marvin |
Mr. Orin Morissette-McKenzie | Sebastian MacGyver | Angus Moore | Abigayle Dicki | Chasity Gislason | Nicola Kulas | Cary Rempel | Lilian Gislason | Davin Quitzon | Marina Kunze | Betty Cronin |
Elvis Beatty | Gennaro Mosciski | Ms. Keely Hilpert | Silas Rosenbaum | Mr. Jeff Metz | Jaylen Schinner | Ines Streich | Emilie Zieme | Mr. Barney Purdy | Mr. Clint Graham | Carolina Kuphal |
Joy Bogisich | Reba Robel | Jerald Denesik | Mireya Weissnat IV | Americo Dickinson | Jed Durgan
`),
  de: listOf(`
Colleen Schondelmaier | Prof. Dr. Andreas Walz | Leoni Kufahl | Jara Kesselring | Mayra Filsinger | Leonardo Porsche | Nicole Wessel | Taha Schlicht | Jayden Leide | Arda Mehlhorn | Sienna Schuff |
Frederick Hehl | Samantha Schoberg | Melek Kohlmann | Lion Lausecker | Klemens Stratmann | Niko Lauinger | Caspar Koderisch | Inga Wassilew | Hans Kubera | Andre Fahner | Tino Schäfer | Lina Drees |
Imke Hohn | Dario Biedermann | Kenny Jerschabek | Torben Kuske | Frau Ylvie Lienshöft | Friederike Strunz | Christopher Marschek | Alea Kastner | Line Riepl | Mehmet Lindner | Arda Maczey |
Luca Deja | Arno Flottmann | Maksim Baumann | Neo Skibicki | Jasmina Filsinger | Levi Überacker | Frau Hailey Salzer | Leif Heuck | Willy Schmid | Marlen Lausecker | Jasper Zümsande | Karlotta Hujo |
Viktoria Sillah | Dean Pietsch | Maira Blaschek | Nia Restorff | Valentina Steffny | Alice Caspers | Josh Crosskofp | Nicole Haug | Jenna Haaf | Frau Talea Gromisch | Jasmine Tang | Lucia Reitze |
Herr Luke Bos | Katja Figura | Jara Minah | René Bosler | Annie Kohle | Dr. Tyler Kampschulte | Kerem Hansen | Curt Dauth | Delia Reinke | Kian Frohn | Annabell Heidler | Frau Josy Gratzky |
Noel Gröss | Hanno Mordhorst | Giuliana Brandt | Francesca Franz | Tanja Welsch | Lorenz Gebhardt | Carina Reinelt | Herr Arno Jarets | Mikail Werner | Alex Northoff | Arda Spiegelburg |
Silas Amann | Lina Mathes | Kiana Prediger | Milla Lichtenfeld | Finlay Lott | Caitlin Pippig | Henrike Isekenmeier | Arda Streller | Laureen Kesselring
`),
  pl: listOf(`
Larysa Borek | Michał Bednarczyk | Pan Andrzej Urbański | Krzysztof Lewandowski | Leila Stanek | Brygida Rudnicki | Ruta Buczyński | Małgorzata Kuciński | Antoni Pietrzak | Szymon Sowiński |
Albert Kubik | Berta Bogucki | Wilfryd Budziński | Rebeka Urbanek | Pani Estera Rosiński | Sergiusz Stachowicz | Eudokia Bochenek | Maria Modzelewski | Laurenty Szulc | Stella Różycki |
Innocenty Sławiński | Barbara Kujawski | Kornelia Stachowiak | Martyna Juszczak | Pani Laurencja Przybył | Daniel Pawlicki | Ernest Płonka | Leonid Dubiel | Liza Dąbek | Rebeka Duszyński |
Emilia Rudnicki | Jadwiga Malec | Walgierz Niemczyk | Pan Zachary Mazur | Ariadna Kaczyński | Emil Szymkowiak | Lidia Andrzejczak | Lilianna Grzelak | Lucjan Rosiak | Pantaleon Świerczyński |
Tekla Adamczyk | Walgierz Zawada | Bibiana Maliszewski | Justyna Urban | Luiza Bartkowiak | Borys Drozd | Jadwiga Koza | Irma Kuczyński | Łukasz Kuc | Sylwia Brzeziński | Józef Tomczyk |
Ludwika Łukasiewicz | Walter Jezierski | Klemens Pałka | Ewa Iwański | Juliusz Knapik | Paulina Przybysz | Rachela Dębski | Donald Dróżdż | Ansgary Jaśkiewicz | Stefan Pilch | Wiktoria Tomczak |
Elwira Drozd | Zachariasz Kuczyński | Monika Piekarski | Florian Gil | Natalia Jankowski | Pan Walentyn Jabłoński | Franciszka Kozieł | Roland Janowski
`),
  ja: listOf(`
竹田 光子 | 関 亮太 | 松野 修 | 岩田 奈々 | 白石 佳奈 | 松永 洋子 | 篠崎 明 | 谷川 空 | 岩崎 誠 | 井上 勉 | 谷 和彦 | 安井 辰雄 | 西 ハナ | 矢野 大和 | 桑原 直子 | 本間 駿 | 石黒 竜也 | 北原 辰男 | 山川 智子 | 小出 湊 | 中川 結愛 | 鎌田 直子 | 森山 大樹 | 山岸 千代 | 吉田 美紀 | 早川 直美 |
関口 未来 | 高野 典子 | 塚田 幸雄 | 藤原 大輔 | 森田 優衣 | 野沢 大地 | 相沢 千代子 | 須藤 樹 | 須田 陽翔 | 藤本 萌 | 五十嵐 莉子 | 吉井 浩二 | 山岸 優衣 | 平野 悠太 | 平川 葵 | 松井 美優 | 原 芽依 | 竹中 葵 | 村山 紀子 | 齋藤 悠斗 | 山崎 明美 | 萩原 順子 | 清水 博之 | 五十嵐 真央 | 田村 美紀 |
藤野 陽葵 | 加納 ひなた | 北村 明 | 寺田 美紀 | 宮原 悦子 | 奧村 貞子 | 坂田 美月 | 稲田 太陽 | 沼田 太一 | 木村 彩花 | 岩田 光子 | 花田 淳 | 内海 智子 | 阿部 麻美 | 榎本 舞 | 松崎 奈々 | 平川 久美子 | 稲葉 紬 | 佐々木 凜
`),
  ko: listOf(`
좌미소 | 함규민 | 어도경 | 빈서현 | 이라엘 | 어예은 | 주연호 | 팽준석 | 부찬우 | 고동혁 | 태수민 | 모태윤 | 추다경 | 인상우 | 연윤지 | 승호진 | 장준영 | 금태영 | 변은우 | 박정우 | 강이서 | 한윤지 | 염서준 | 변보경 | 남지은 | 손윤채 | 허은율 | 홍민영 | 도수호 | 천시우 | 예리원 | 피상현 | 이보경 |
현우준 | 현현 | 최하엘 | 경태연 | 김재우 | 변리안 | 선승호 | 백채민 | 유도율 | 옥온유 | 빈지용 | 우원우 | 남희원 | 간유빈 | 좌찬희 | 명준희 | 민도겸 | 손지온 | 단태양 | 호다인 | 선다혜 | 동세훈 | 배서인 | 선성우 | 지민재 | 태지아 | 구윤지 | 도아현 | 예소현 | 공진혁 | 설다윤 | 사현성 | 송이한 |
김이안 | 동슬아 | 송지완 | 곽도연
`),
  ar: listOf(`
الخليفي ريم | فاروق البشيري | سيد إيهاب عطالله | عمار العطار | سعيد المحجوب | اروي العلاني | عزيز الوحيشي | عظومة تيسير | تومي نوف | شقرون جاسم | بلسم النفير | بن عاشور نوف | دكتور حسن عظومة |
نسيم الصفار | عاشور بركات | الطريقي رياض | خلود بن عثمان | بن حمودة هيكل | عطالله طاهر | معاذ المحجوب | منعم الرقيق | فاطمه النفطي | هاشم بنسلامة | الوحيشي نوف | الشريف أنس | الع لويني صلاح |
بن عاشور حميد | خلود بن عبد السلام | زقية بلسم | الصفار عوضية | الكافي صفوان | مهيب لخشين | همدان حطاب | بركات الرصاع | ريم الطويل | جبريل بن حمودة | ريم بن عاشور | بتول بن عاشور | تومي حيدرة |
عنون عجمي | لخشين فاطمه | الزوابي محرز | منذر المدقي | بن عبد الكريم قاسم | السقا عنود | فاطمه الكافي | القلشاني نوف | يافع ريم | عطالله بلسم | ريم النخلي
`),
};

export const guilds = listOf(`
Heathcote - Anderson | Leuschke-Quitzon Group | Nikolaus - Reichel | Gleichner LLC | Bernier LLC | Johns Group | Franey - Schultz | Mraz and Sons | Pfeffer, Kunde and Halvorson | Lowe - Schneider |
Schimmel - Swift | Aufderhar - Hahn | Smitham LLC | Grant-Quitzon, Goldner and Kozey | Hartmann Inc | Satterfield, Daniel and Bradtke | Mosciski, Johnson and Hodkiewicz | Turner - Moore |
Bergnaum - McDermott | Boehm, Jerde and Gulgowski | O'Kon LLC | Stokes - Jast | Harber, Fahey and Koelpin | Bernier - Ferry | Hayes - Corwin | Ankunding Group | Reichert - O'Connell |
Emmerich Group | Effertz-McGlynn - Tillman | Nolan Inc | Keeling - Schmidt | Cormier, Waelchi and Nikolaus | Cronin, Treutel-Okuneva and Zieme | Jacobson, Pfannerstill and Herman | Monahan and Sons |
Krajcik Inc | Torp Inc | Nitzsche, Ferry and Collins | Erdman, Schaefer-Cruickshank and Streich | Jacobs-Reichert and Sons | Marvin, West and Schulist | Lubowitz-Kerluke LLC | Bogan LLC |
Shanahan - Jakubowski | Strosin - Armstrong | Cruickshank and Sons | Bernhard Group | West - Carroll | Kerluke Group | Fay and Sons | Klein, Brekke and Durgan | Wilderman - Hirthe |
Howe, Howell and Rempel | Kuphal - Gleason | Quitzon, Bailey-Medhurst and Russel | Hauck, Turcotte and Corwin | Altenwerth - Stokes | Lehner - Schumm | Huel LLC | Luettgen, Pagac and Abshire |
Grady Inc | Konopelski, Kilback and Renner | Padberg, Morar and Hirthe | Parker-Brakus LLC | Kovacek, Predovic and Steuber | Roob and Sons | Raynor and Sons | Waelchi Inc | Stamm - Pfeffer |
Bechtelar - Jakubowski | Ward - Ryan | Leuschke, Kuphal and Ernser | Cummings - Gutmann | Kihn - Price | Homenick - Pollich | Mosciski - Bergnaum | Watsica, Wintheiser and Cruickshank |
Paucek - Leannon | Bradtke LLC | King LLC | Murazik - Rempel | Cole, Langworth and Hyatt | Casper, Hayes and Stoltenberg | Harber LLC | Watsica, Bechtelar and Stanton |
Rutherford, Morar and Gottlieb | Reichel - Brekke-Lemke | Kub, Hartmann and Hermann | Powlowski - Ward | Koch and Sons | Torp, McKenzie and Murphy | Corkery Group | Will, Grant and Schultz |
Wolff LLC | Larson, Kirlin and Treutel | Dietrich LLC | Fritsch, Streich and Block | Anderson - Ryan | Bashirian - Heaney | Purdy - Wisoky | Hahn - Marks-Goodwin | Kertzmann Group | Conn and Sons |
Rolfson-Price, Emard and Bogisich | Batz, Mitchell and Schinner | Toy and Sons | Koelpin - Stoltenberg | Dickinson, Berge and Turcotte | Wolf, Wolff and Cruickshank | Weissnat, Lehner and Hauck |
Johnson - Carroll | McGlynn - Balistreri | Hyatt, Goldner and Goldner | Waelchi - Haag | Fadel Inc | Greenfelder Inc | Hyatt - Langosh | Morar, Zemlak and Emmerich-Kemmer |
Feeney, Turner and Herzog | Batz, Medhurst and Parker | Legros, Stark and Homenick | Waters - Schiller | McClure and Sons | O'Conner LLC | Deckow - Rau | Kiehn Group | Denesik - Schuster |
Lindgren - Quigley | Littel, Bruen and McClure | Legros - Schneider | Bauch-Zulauf Group | Crona, Koss and Beatty | Gerlach, Okuneva and Prosacco | Wehner Group | O'Reilly, Beier and Ernser |
Mueller - Reinger | Little - Collier | Kirlin Inc | Turner, Simonis and Spinka | Marvin, Farrell and Price-Keebler | Auer Inc | Waelchi, Bernhard and Luettgen | Morar, Nicolas and Powlowski |
Willms Inc | Padberg, Carroll and Hills | Bailey LLC | Labadie and Sons | Beier LLC | Schmitt, Cruickshank and Green | Pfeffer, Balistreri and Towne | Daniel Inc | Sanford, Runte and Barton |
Reynolds Inc | Wunsch and Sons | Moore and Sons | Kohler Inc | Trantow Group | Leffler, Hoeger and Crooks | Zieme LLC | Hane, Hagenes and Kunze
`);

export const mods = listOf(`
denuncio-celo | dicta-cohibeo | ut-peccatus | cavus-ullam | ustilo-adhaero | tergeo-apud | laboriosam-vicissitudo | voluptatem-amor | truculenter-attero | venio-desipio | trado-sophismata |
cohaero-utilis | sum-varietas | nihil-auctus | quasi-demergo | vesper-quidem | conventus-stips | tyrannus-bibo | eaque-tempora | cubitum-tremo | inventore-dolores | toties-campana |
sufficio-caelestis | sonitus-ait | arto-apud | ter-eligendi | creptio-tempus | annus-campana | aestus-cupressus | victoria-aer | dedecor-tabernus | termes-comedo | approbo-depromo | audio-confero |
crustulum-caries | cupio-vix | cometes-demergo | patria-avarus | comburo-clamo | derelinquo-trans | aequitas-enim | aestas-assumenda | sub-creator | deorsum-somniculosus | antepono-tener |
crur-amet | sordeo-ascit | bellum-tabella | cura-molestiae | dicta-tersus | debitis-clementia | colligo-amplexus | et-clarus | deleniti-demonstro | tres-deludo | quas-aer | somniculosus-admoneo |
currus-surculus | cetera-xiphias | strenuus-taedium | acerbitas-vox | volubilis-delicate | vulgo-nisi | numquam-super | tabgo-accusator | defleo-cimentarius | ustulo-textor | supplanto-stips |
dedecor-sonitus | utor-curiositas | eveniet-chirographum | adopto-umbra | velut-basium | tubineus-unde | corroboro-sum | clam-titulus | delinquo-voluptate | architecto-canis | tyrannus-fugit |
absorbeo-auctus | advenio-velut | trepide-sollers | aequus-velit | vinum-accusator | corpus-pel | vestrum-denuncio | voveo-amoveo | contego-vox | colligo-arbor | abbas-viridis | benigne-textus |
vinculum-stabilis | contabesco-numquam | provident-copia | absque-videlicet | urbs-cui | ustilo-defungo | villa-amplus | vomica-apparatus | tenuis-derideo | uterque-tristis | tantum-vomito |
arcesso-curto | coniuratio-tendo | conspergo-conduco | culpa-mollitia | cras-asper | totam-vesper | catena-advenio | bos-corrumpo | ducimus-viriliter | suscipio-via | celo-caterva |
dicta-terminatio | trepide-virtus | animadverto-stella | arma-benigne | damno-centum | iure-thesaurus | ambitus-non | arcus-aeneus | aliquam-degenero | tres-vulpes | sono-ager | libero-voluptatem |
cultellus-video | aequus-aegrus | adflicto-sint | aureus-timor | uxor-abstergo | aestivus-hic | brevis-dolorem | amicitia-vestigium | complectus-sumptus | iusto-stultus | curto-clementia |
veritas-capillus | ipsam-compono | supplanto-cariosus | crur-aureus | succurro-audentia | debilito-subnecto | sunt-cauda | utrum-desolo | aestas-solvo | agnitio-carcer | conitor-rem | desidero-ceno |
subnecto-aedificium | reprehenderit-agnitio | triduana-aperio | cilicium-quaerat | voro-alias | aurum-vobis | vado-candidus | color-cotidie | atque-astrum | et-abeo | arma-summopere |
adicio-cuppedia | tempora-tergum | armarium-bellicus | tersus-sonitus | cupressus-amet | et-canonicus | talio-una | abundans-vulticulus | casso-similique | ventus-auctus | tenax-cinis |
volup-nesciunt | communis-conduco | vehemens-stella | decumbo-custodia | attonbitus-alveus | carbo-contigo | modi-textor | cado-defero | voluptatibus-impedit | soleo-amplexus | conturbo-vinum |
modi-viridis | dolores-adamo | pel-combibo | adduco-harum | aut-amet | derideo-aspicio | tenuis-tametsi | via-denique | vere-turbo | peccatus-quis | velum-deleo | tenetur-amoveo | caute-amaritudo |
subiungo-architecto | cursus-textus | tempus-audacia | adficio-timor | compono-videlicet | cetera-tunc | cimentarius-tego | vigilo-esse | trepide-fuga | suffragium-demulceo | synagoga-taedium |
callide-validus | ipsam-velut | callide-accommodo | infit-barba | confido-acerbitas | comptus-velut | conduco-trepide | victus-summopere | adsuesco-cimentarius | virgo-aegrus | coadunatio-libero |
comparo-arbor | tepesco-campana | cruentus-tandem | totus-chirographum | vos-subvenio | alter-nesciunt | spargo-confero | similique-triumphus | cras-voluptates | clementia-clementia |
admoveo-accusator | arto-desidero | perferendis-tutamen | id-theologus | amplitudo-blandior | decens-benevolentia | sumptus-demum | baiulus-totidem | sortitus-facere | solium-appello |
volubilis-solium | crudelis-catena | titulus-aegre | aranea-dolor
`);
