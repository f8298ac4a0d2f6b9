"""The table of all pictures: the name of each with its ground, its scene and its alt text."""

from pictures.palette import (
    BLUSH,
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    SEA,
    TEAL,
)
from pictures.picture import Picture, from_above, on_counter
from pictures.scenes import (
    eating_out,
    general,
    home,
    kitchen,
    leisure,
    market,
    single,
    style,
    travel,
)
from pictures.things import (
    bakery,
    beauty,
    breakfast,
    clothes,
    crockery,
    entertainment,
    garden,
    grill,
    hobbies,
    household,
    larder,
    letters,
    outdoors,
    pets,
    produce,
    seaside,
    shopping,
    sweets,
    tools,
    transport,
)

PICTURES: dict[str, Picture] = {
    "dining": Picture(
        BLUSH, eating_out.dining, "A small restaurant table under a lamp, with two chairs"
    ),
    "dining-offer": on_counter(BUTTER, RUST, crockery.cloche, 1.5, "A serving dome on a plate"),
    "quick-bites": Picture(
        BUTTER, eating_out.quick_bites, "A burger between a scoop of chips and a paper cup"
    ),
    "quick-bites-offer": on_counter(BLUSH, TEAL, grill.fries, 2, "Chips in a paper scoop"),
    "coffee-tea": Picture(
        BLUSH, eating_out.coffee_tea, "A stove-top coffee pot and a steaming cup"
    ),
    "coffee-tea-2": Picture(MIST, eating_out.tea, "A teapot, a cup of tea and two biscuits"),
    "coffee-tea-offer": from_above(
        SAND, crockery.latte, 1.25, "A cup of milky coffee seen from above"
    ),
    "fine-meat": Picture(BLUSH, eating_out.barbecue, "A kettle barbecue on a lawn at sunset"),
    "fine-meat-2": Picture(
        SAND, eating_out.butcher, "A T-bone steak and a cleaver on a wooden board"
    ),
    "fine-meat-offer": from_above(SEA, grill.steak, 1.75, "A T-bone steak"),
    "seafood": Picture(SEA, eating_out.seafood, "Two whole fish with lemon on an oval plate"),
    "seafood-2": Picture(
        BUTTER, eating_out.harbour, "A small red fishing boat at sea in the morning"
    ),
    "seafood-offer": on_counter(BUTTER, SEA, seaside.crab, 1.4, "A red crab with its claws raised"),
    "cheese-dairy": Picture(
        SAND, market.cheeseboard, "A cut wheel of cheese, a wedge and grapes on a board"
    ),
    "cheese-dairy-2": Picture(
        MIST, market.dairy, "A bottle and a glass of milk, butter and a jar of yogurt"
    ),
    "cheese-dairy-offer": on_counter(
        BLUSH, TEAL, bakery.cheese_wedge, 1.7, "A wedge of holed cheese"
    ),
    "fresh-produce": Picture(
        MIST, market.vegetables, "A crate of carrots, leeks and beetroot beside a squash"
    ),
    "fresh-produce-2": Picture(
        BUTTER, market.fruit_bowl, "A bowl of pears, apples, bananas and oranges"
    ),
    "fresh-produce-offer": on_counter(MIST, RUST, produce.pear, 2.1, "A ripe yellow pear"),
    "baking": Picture(
        BLUSH, market.baking, "A mixing bowl with a whisk, flour, eggs and a rolling pin"
    ),
    "baking-2": Picture(BUTTER, market.cupcakes, "Four iced cakes cooling on a rack"),
    "baking-offer": on_counter(BUTTER, TEAL, bakery.mixer, 1.45, "A red stand mixer"),
    "bakery": Picture(BUTTER, market.bread, "A country loaf, two slices and a basket of baguettes"),
    "bakery-2": Picture(BLUSH, market.cakes, "A layer cake on a stand with a slice cut out"),
    "bakery-offer": on_counter(SEA, BROWN, bakery.croissant, 1.35, "A golden croissant"),
    "breakfast": Picture(
        SEA, market.breakfast, "Fried eggs and toast on a plate, with a cup of coffee"
    ),
    "breakfast-2": Picture(
        BLUSH, market.stack, "A stack of pancakes with butter, berries and juice"
    ),
    "breakfast-offer": on_counter(
        BLUSH, MUSTARD, single.boiled_egg, 2, "A boiled egg with fingers of toast"
    ),
    "snacks": Picture(BLUSH, market.snacks, "Three bowls of olives, crisps and nuts"),
    "snacks-2": Picture(
        TEAL, market.film_night, "A striped box of popcorn, a bag of crisps and a pretzel"
    ),
    "snacks-offer": from_above(SEA, breakfast.pretzel, 1.65, "A salted pretzel"),
    "sweets": Picture(BLUSH, market.chocolate, "A bar of chocolate with its wrapper half open"),
    "sweets-2": Picture(MIST, market.sweet_shop, "Three glass jars of round sweets on a shelf"),
    "sweets-offer": from_above(BUTTER, sweets.bonbon, 1.55, "A striped sweet in a twisted wrapper"),
    "ice-cream": Picture(SEA, market.ice_creams, "Three ice-cream cones side by side"),
    "ice-cream-2": Picture(BUTTER, market.desserts, "A caramel custard and an ice-cream sundae"),
    "ice-cream-offer": from_above(SEA, single.lolly_flat, 1.5, "An ice lolly with a bite taken"),
    "easy-dinners": Picture(
        BLUSH, kitchen.pasta_supper, "A steaming bowl of spaghetti with tomato sauce"
    ),
    "easy-dinners-2": Picture(SEA, kitchen.pizza_night, "A pizza with one slice pulled out"),
    "easy-dinners-offer": from_above(
        MIST, larder.frying_pan, 1.45, "A frying pan of egg, tomato and greens", x=300, y=296
    ),
    "home-cooking": Picture(BUTTER, kitchen.hob, "A red casserole steaming on a cooker"),
    "home-cooking-2": Picture(
        MIST, kitchen.chopping, "Onions, a carrot and a cook's knife on a board"
    ),
    "home-cooking-offer": on_counter(
        SEA, BROWN, larder.casserole, 1.55, "A red casserole with its lid on"
    ),
    "wholefoods": Picture(
        BLUSH, kitchen.grains, "Jars of grains and beans, a sack and ears of wheat"
    ),
    "wholefoods-2": Picture(
        BUTTER, kitchen.bowl_of_grains, "A bowl of avocado, beans, greens and egg"
    ),
    "wholefoods-offer": from_above(BLUSH, produce.avocado, 1.5, "Half an avocado with its stone"),
    "soft-drinks": Picture(SEA, kitchen.juices, "Three glasses of juice with straws, and oranges"),
    "soft-drinks-2": Picture(BUTTER, kitchen.lemonade, "A jug of lemonade with lemons and a glass"),
    "soft-drinks-offer": on_counter(
        BUTTER, TEAL, larder.carton, 1.3, "A carton of orange juice with a straw"
    ),
    "pantry": Picture(MIST, kitchen.larder, "Two shelves of jars, tins, packets and bowls"),
    "pantry-2": Picture(
        BLUSH, kitchen.store_cupboard, "Stacked tins, a jar of spaghetti and a can of oil"
    ),
    "pantry-offer": on_counter(
        MIST, BROWN, larder.honey, 1.5, "A jar of honey with a wooden dipper"
    ),
    "deli-lunch": Picture(BUTTER, kitchen.lunch, "A tall sandwich with gherkins on a board"),
    "deli-lunch-2": Picture(
        SAND, kitchen.packed_lunch, "A lunch box of sandwiches, tomatoes and an apple"
    ),
    "deli-lunch-offer": on_counter(BLUSH, TEAL, larder.bagel, 1.8, "A filled bagel"),
    "pets": Picture(BLUSH, home.dog_at_home, "A brown dog sitting between its bowl and a ball"),
    "pets-2": Picture(MIST, home.cat_at_window, "A black cat on a window sill at dusk"),
    "pets-offer": on_counter(
        BUTTER, GREEN, pets.pet_bowl, 1.6, "A full pet bowl with a bone on its side"
    ),
    "garden": Picture(BUTTER, home.gardening, "A watering can between two potted seedlings"),
    "garden-2": Picture(MIST, home.back_garden, "A garden shed among sunflowers and bushes"),
    "garden-offer": on_counter(BLUSH, GREEN, garden.watering_can, 1.4, "A watering can", x=340),
    "flowers": Picture(MIST, home.flowers, "A vase of tulips on a table"),
    "flowers-2": Picture(BLUSH, home.houseplants, "Three house plants, one of them on a stool"),
    "flowers-offer": from_above(
        SEA, garden.bouquet, 1.35, "A bunch of flowers wrapped in paper", y=600
    ),
    "home-care": Picture(
        MIST, home.cleaning, "A bucket of suds, a spray bottle, a sponge and a broom"
    ),
    "home-care-2": Picture(BLUSH, home.laundry, "A washing machine and a basket of folded towels"),
    "home-care-offer": on_counter(
        BLUSH, TEAL, household.spray, 1.4, "A spray bottle with a leaf on its label", MUSTARD, RUST
    ),
    "kitchenware": Picture(
        SEA, home.tableware, "Stacked plates and bowls beside a crock of spoons"
    ),
    "kitchenware-2": Picture(BUTTER, home.pot_rail, "Pans hanging from a rail above two mugs"),
    "kitchenware-offer": from_above(
        TEAL, single.place_setting, 1.2, "A plate between a fork and a knife"
    ),
    "interiors": Picture(
        MIST, home.living_room, "An armchair, a floor lamp, a sideboard and a plant"
    ),
    "interiors-offer": on_counter(
        BLUSH, BROWN, household.table_lamp, 1.4, "A round-footed table lamp", TEAL
    ),
    "diy": Picture(SEA, home.workshop, "A hammer, a saw and other tools on a pegboard"),
    "diy-2": Picture(
        SAND, home.decorating, "A half-painted wall with a ladder, a roller and paint"
    ),
    "diy-offer": on_counter(BUTTER, BROWN, tools.drill, 1.3, "A cordless drill", x=390),
    "beauty": Picture(
        BLUSH, style.make_up, "A powder compact, a scent bottle, a lipstick and a brush"
    ),
    "beauty-2": Picture(MIST, style.dressing_table, "A round mirror with nail polish and lotion"),
    "beauty-offer": on_counter(MIST, ROSE, beauty.lipstick, 1.6, "A red lipstick"),
    "personal-care": Picture(
        MIST, style.wash_stand, "A towel, toothbrushes, soap and a bottle of lotion"
    ),
    "personal-care-2": Picture(BLUSH, style.bath, "A bath full of bubbles with a toy duck"),
    "personal-care-offer": on_counter(BLUSH, CREAM, beauty.soap, 2.3, "A bar of soap on a dish"),
    "celebrations": Picture(BLUSH, leisure.party, "Three wrapped presents and three balloons"),
    "celebrations-2": Picture(BUTTER, leisure.birthday, "A cake with candles under bunting"),
    "celebrations-offer": on_counter(
        SEA, TEAL, entertainment.gift, 1.6, "A wrapped present with a bow"
    ),
    "reading": Picture(MIST, leisure.reading, "A pile of books with a mug on top, and spectacles"),
    "reading-2": Picture(BUTTER, leisure.bookshelf, "Two shelves of books with a lamp and a plant"),
    "reading-offer": on_counter(
        SEA, BROWN, entertainment.open_book, 1.35, "An open book with a ribbon"
    ),
    "music-film": Picture(TEAL, leisure.listening, "A record player between two loudspeakers"),
    "music-film-2": Picture(INK, leisure.cinema, "A film projector throwing light on a screen"),
    "music-film-offer": from_above(
        BLUSH, entertainment.record, 1.25, "A vinyl record with a red label"
    ),
    "photography": Picture(
        BUTTER, leisure.photography, "A camera on a tripod in front of mountains"
    ),
    "photography-offer": on_counter(
        BLUSH, MUSTARD, single.camera_on_table, 1.5, "A camera seen from the front"
    ),
    "crafts": Picture(
        BLUSH, leisure.crafts, "A jar of pencils, a ball of wool and reels of thread"
    ),
    "crafts-offer": on_counter(
        MIST, CRUST, hobbies.yarn, 1.5, "A ball of wool with two needles", x=300
    ),
    "sport": Picture(SEA, leisure.sport, "A racket, a ball, a running shoe and a kettlebell"),
    "sport-offer": from_above(SAND, single.tennis, 1, "A tennis racket and a ball"),
    "outdoors": Picture(BLUSH, travel.camping, "A tent and a camp fire below mountains"),
    "outdoors-offer": on_counter(
        MIST, GREEN, outdoors.backpack, 1.45, "A walker's backpack with a rolled mat"
    ),
    "cycling": Picture(BUTTER, travel.cycling, "A red bicycle with a basket, before hills"),
    "cycling-offer": from_above(SEA, outdoors.helmet, 1.6, "A red cycling helmet", y=470),
    "motoring": Picture(MIST, travel.motoring, "A red car at a charging point outside a garage"),
    "motoring-offer": from_above(BUTTER, outdoors.steering_wheel, 1.3, "A steering wheel"),
    "flights": Picture(SEA, travel.flying, "An aeroplane above the clouds"),
    "flights-offer": from_above(
        BLUSH, transport.plane_window, 1.15, "An aeroplane window with wing and sun"
    ),
    "hotels": Picture(BLUSH, travel.hotel_room, "A made bed beside a window with a view of hills"),
    "hotels-offer": on_counter(
        MIST, RUST, transport.desk_bell, 1.75, "A brass bell on a reception desk"
    ),
    "rail": Picture(BUTTER, travel.railway, "A red train crossing a viaduct"),
    "rail-offer": on_counter(BUTTER, GREEN, transport.tram, 1.2, "The front of a red tram"),
    "road-trips": Picture(BLUSH, travel.open_road, "A camper van on a desert road"),
    "road-trips-offer": on_counter(
        SEA, GREEN, outdoors.signpost, 1.3, "A signpost with three arms", x=306
    ),
    "cruises": Picture(BUTTER, travel.cruise, "A cruise ship at sea"),
    "cruises-offer": from_above(SEA, transport.lifebuoy, 1.2, "A red and white lifebuoy"),
    "theatre": Picture(INK, leisure.stage, "A grand piano in the light between stage curtains"),
    "theatre-offer": from_above(TEAL, single.masks, 1.3, "A glad and a sad theatre mask"),
    "museums": Picture(MIST, leisure.museum_square, "A museum front with columns and steps"),
    "museums-offer": on_counter(
        BUTTER, BROWN, shopping.amphora, 1.35, "A Greek jar with two handles"
    ),
    "fashion": Picture(MIST, style.fashion, "A rail of clothes with a hat and a bag below"),
    "fashion-offer": from_above(SEA, clothes.jumper, 1.25, "A red knitted jumper"),
    "shoes": Picture(BLUSH, style.shoe_shop, "A boot, a loafer and a heeled shoe on show"),
    "shoes-offer": on_counter(MIST, TEAL, single.boots, 1.65, "A pair of brown ankle boots"),
    "jewellery": Picture(
        BLUSH, style.jewellery, "A string of beads, a ring in its box and a watch"
    ),
    "jewellery-offer": from_above(BUTTER, clothes.watch, 1.3, "A wristwatch with a leather strap"),
    "technology": Picture(MIST, style.desk, "A laptop and a telephone on a desk"),
    "technology-offer": on_counter(
        SEA, CRUST, entertainment.headphones, 1.35, "A pair of red headphones"
    ),
    "antiques": Picture(
        BUTTER, style.antique_shop, "A gramophone, an old clock and a gilt picture"
    ),
    "antiques-offer": on_counter(MIST, RUST, shopping.carriage_clock, 1.5, "A wooden mantel clock"),
    "department-stores": Picture(SEA, style.store_front, "A department store with striped awnings"),
    "department-stores-offer": on_counter(
        BUTTER, BROWN, single.carriers, 1.6, "Two paper carrier bags"
    ),
    "general-1": Picture(MIST, general.sorting, "Letters sorted into the pigeonholes of a rack"),
    "general-2": Picture(SEA, general.settings, "Three switches beside a closed padlock"),
    "general-3": Picture(INK, general.winter_evening, "A lit bandstand in falling snow"),
    "general-4": Picture(
        BUTTER, general.question, "A letter in its envelope, a pen and a pot of ink"
    ),
    "general-offer-1": from_above(
        BUTTER, letters.member_card, 1.25, "A member's card with a lark on it"
    ),
    "general-offer-2": from_above(SEA, letters.ticket, 1.45, "A ticket with a lark on it"),
    "logo": Picture(None, general.lark, "A singing lark", 160, 160),
}
"""Every picture by the name of its file: ground, scene and alt text."""
