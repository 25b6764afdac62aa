/** Given and family names, streets and towns to invent people from; no combination is meant to be anybody. */
export const AUSTRALIAN = {
  given:
    'Olivia Charlotte Amelia Isla Mia Ava Grace Willow Harper Chloe Ella Sophie Matilda Evie Lily Ruby Zoe Freya Hannah Sienna Oliver Noah Jack Henry William Leo Thomas Charlie James Lucas Hudson Archie Angus Lachlan Cooper Hamish Callum Darcy Rohan Arjun Minh Linh Mei Wei Giulia Marco Elena Dimitri Fatima Yusuf Priya Anh'.split(
      ' ',
    ),
  family:
    'Smith Jones Williams Brown Wilson Taylor Johnson White Martin Anderson Thompson Nguyen Thomas Walker Harris Lee Ryan Robinson Kelly King Davis Wright Evans Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davies Rodriguez Cox Alexander Garden Campbell Johnston Moore Smyth Scott Murray Ward Hughes Papadopoulos Rossi Singh Chen Tran Pham Kowalski Fraser Macdonald Oakley'.split(
      ' ',
    ),
  streets: 'Wattle Banksia Acacia Jacaranda Bottlebrush Kookaburra Lyrebird Stringybark Ironbark Grevillea Boronia Waratah'.split(
    ' ',
  ),
  kinds: ['Street', 'Road', 'Avenue', 'Crescent', 'Lane', 'Drive'],
  towns: [
    'Richmond VIC 3121',
    'Parramatta NSW 2150',
    'Toowong QLD 4066',
    'Glenelg SA 5045',
    'Fremantle WA 6160',
    'Hobart TAS 7000',
    'Geelong VIC 3220',
    'Newcastle NSW 2300',
    'Cairns QLD 4870',
    'Ballarat VIC 3350',
    'Penrith NSW 2750',
    'Joondalup WA 6027',
  ],
}

export const INDONESIAN = {
  given: 'Budi Siti Agus Dewi Eko Sri Joko Rina Hendra Wulan Bayu Ratna Fajar Indah Rizky Putri Adi Lestari Yoga Maya'.split(' '),
  family:
    'Santoso Wijaya Pratama Saputra Hidayat Kusuma Nugroho Setiawan Wibowo Rahman Susanto Gunawan Hartono Utami Permata Siregar'.split(
      ' ',
    ),
  streets: ['Jl. Merdeka', 'Jl. Melati', 'Jl. Kenanga', 'Jl. Anggrek', 'Jl. Cempaka', 'Jl. Flamboyan'],
  towns: ['Jakarta 10110', 'Bandung 40111', 'Surabaya 60271', 'Semarang 50132', 'Medan 20111'],
}

export const THAI = {
  given: 'Somchai Somsak Malee Niran Ploy Kanya Anan Suda Chai Araya Prasert Wanida Kamon Nattaya Thanakorn Siriporn'.split(' '),
  family: 'Saetang Wongsakul Charoensuk Rattanakul Boonmee Srisuk Phromma Kaewta Thongchai Suwan Intarasuwan Jaidee'.split(' '),
  streets: ['Sukhumvit Road', 'Phahonyothin Road', 'Rama IV Road', 'Nimmanhaemin Road', 'Ratchadaphisek Road'],
  towns: ['Bangkok 10110', 'Chiang Mai 50200', 'Chonburi 20000', 'Khon Kaen 40000'],
}

export const PHILIPPINE = {
  given: 'Maria Jose Juan Ana Carlo Grace Paolo Liza Ramon Isabel Miguel Rosa Andres Luz Rafael Corazon'.split(' '),
  family: 'Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Flores Villanueva Ramos Aquino Navarro Salazar'.split(' '),
  streets: ['Mabini Street', 'Rizal Avenue', 'Bonifacio Street', 'Luna Street', 'Aguinaldo Street'],
  towns: ['Quezon City 1100', 'Makati 1200', 'Cebu City 6000', 'Davao City 8000'],
}

export const JAPANESE = {
  given: '太郎 花子 健一 美咲 翔太 陽子 大輔 由美 拓也 真由美 直樹 恵子 亮 さくら 和也 千尋'.split(' '),
  family: '佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 清水 斎藤'.split(' '),
  towns: [
    '東京都千代田区丸の内',
    '大阪府大阪市北区梅田',
    '愛知県名古屋市中区栄',
    '神奈川県横浜市西区高島',
    '福岡県福岡市博多区住吉',
    '北海道札幌市中央区大通西',
    '宮城県仙台市青葉区中央',
    '広島県広島市中区大手町',
  ],
}

export const GERMAN = {
  given: 'Anna Lena Jonas Paul Mia Felix Klara Jürgen Sören Käthe Moritz Greta Matthias Ulrike'.split(' '),
  family: 'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Koch Bauer Richter Großmann'.split(' '),
  streets: ['Lindenstraße', 'Gartenweg', 'Bahnhofstraße', 'Am Markt', 'Schulstraße'],
  towns: ['10115 Berlin', '20095 Hamburg', '80331 München', '50667 Köln'],
}
