import Records

/// Reads folders of PNG and JPEG pictures, a sub-folder a class.
///
/// All pictures are grey, or all become colours. They have one size, or are brought to the one that
/// the setting `size` names.
package enum FolderReader: DatasetReader {
  package static let format = "folder"
  package static let summary = "PNG and JPEG pictures, a sub-folder a class: TRAIN [TEST]"
  package static let sizeSetting = "size"

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    let source = options.source
    var listings: [(split: Split, listing: FolderListing)] = []
    for (split, folders) in source.filesBySplit {
      guard folders.count == 1 else { throw unusable("a split is one folder of class folders") }
      listings.append((split, try FolderListing(folders[0])))
    }
    guard let first = listings.first, listings.contains(where: { !$0.listing.entries.isEmpty })
    else { throw unusable("it has no picture") }
    for (_, listing) in listings where listing.classes != first.listing.classes {
      throw unusable(
        "training has the classes \(Quoted.list(first.listing.classes)), test has "
          + Quoted.list(listing.classes))
    }
    let shape = try shape(of: listings.flatMap { $0.listing.entries }, wanted: size(of: source))
    var writer = try PixelStore.Writer(shape: shape)
    var heads: [RecordHead] = []
    for (split, listing) in listings {
      for entry in listing.entries {
        try writer.append(try pixels(of: entry, shape))
        heads.append(head(of: entry, split, listing.classes, options.subjectKey))
      }
    }
    return Reading(
      inputShape: shape, labelNames: first.listing.classes, heads: heads,
      store: try writer.store())
  }

  package static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    let found = ["train", "test"].map { "\(folder)/\($0)" }.map {
      FolderListing.isFolder($0) ? [$0] : []
    }
    // Without these two the folder itself holds the classes.
    return found == [[], []] ? ([folder], []) : (found[0], found[1])
  }

  private static func head(
    of entry: FolderListing.Entry, _ split: Split, _ classes: [String], _ subjectKey: String?
  ) -> RecordHead {
    RecordHead(
      split: split, label: entry.label,
      subjects: subjectKey.map { [$0: classes[entry.label]] } ?? [:],
      name: "\(split.rawValue)/\(entry.name)")
  }

  private static func size(of source: DataSource) throws(DatasetError) -> PictureSize? {
    guard let text = source.settings?[sizeSetting] else { return nil }
    guard let size = PictureSize(text) else {
      throw unusable("'\(Quoted.text(text))' is no size such as 32x32")
    }
    return size
  }

  /// The one shape of all pictures, from their headers.
  private static func shape(
    of entries: [FolderListing.Entry], wanted: PictureSize?
  ) throws(DatasetError) -> [Int] {
    var channels = 1
    var size = wanted
    for entry in entries {
      let header = try PictureCodecs.header(of: bytes(of: entry.path), path: entry.path)
      channels = max(channels, header.channels)
      let found = PictureSize(width: header.width, height: header.height)
      guard wanted != nil || size ?? found == found else {
        throw .unreadable(
          file: entry.path,
          reason: "it is \(found), others are \(size ?? found); give the size that all are "
            + "brought to")
      }
      size = size ?? found
    }
    guard let size else { throw unusable("it has no picture") }
    let shape = [size.height, size.width, channels]
    if let objection = ImageLimits.objection(recordCount: entries.count, shape: shape) {
      throw unusable(objection)
    }
    return shape
  }

  private static func pixels(
    of entry: FolderListing.Entry, _ shape: [Int]
  ) throws(DatasetError) -> [UInt8] {
    let picture = try PictureCodecs.decode(bytes(of: entry.path), path: entry.path)
      .resized(to: PictureSize(width: shape[1], height: shape[0]))
    let pixels = shape[2] == 3 ? picture.inColour.pixels : picture.pixels
    guard pixels.count == shape.reduce(1, *) else {
      throw .unreadable(file: entry.path, reason: "it changed while it was read")
    }
    return pixels
  }

  private static func bytes(of path: String) throws(DatasetError) -> [UInt8] {
    try PlainFile.read(path, sizeLimit: PictureCodecs.fileSizeLimit)
  }
}
