import Records

/// Reads the binary files of CIFAR-100: a coarse label byte, a fine one, and 3,072 of pixels.
///
/// The fine label is the class, such as `class=boy`; the coarse one a key, `superclass=people`.
package enum CIFAR100Reader: DatasetReader {
  package static let format = "cifar-100"
  package static let summary = "the binary files of CIFAR-100; superclass=people is a selector"

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    guard options.subjectKey == nil else { throw unusable("its subject key is 'superclass'") }
    return try CIFARBatches.read(
      options.source, labelNames: labelNames,
      labelCounts: [superclassNames.count, labelNames.count]
    ) { ["superclass": superclassNames[$0[0]]] }
  }

  package static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    try CIFARBatches.files(
      in: folder, archive: "cifar-100-binary", training: ["train.bin"], test: ["test.bin"],
      format: format)
  }

  static let superclassNames = names(
    """
    aquatic_mammals fish flowers food_containers fruit_and_vegetables
    household_electrical_devices household_furniture insects large_carnivores
    large_man-made_outdoor_things large_natural_outdoor_scenes large_omnivores_and_herbivores
    medium_mammals non-insect_invertebrates people reptiles small_mammals trees vehicles_1
    vehicles_2
    """)

  static let labelNames = names(
    """
    apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
    butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch
    crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo
    keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse
    mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy
    porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper
    snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television
    tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm
    """)

  private static func names(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
