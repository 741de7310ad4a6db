import Platform

extension Session {
  /// Makes a place aside, and moves it to where it belongs as a whole: what fails, or is only to be
  /// shown, leaves nothing behind.
  func making<Result>(
    _ place: Place, at destination: String, _ effect: Effect,
    _ make: (_ staging: Place) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    let staging = place.staged(Random.hex(8))
    let missing = try platformErrors(in: Self.missingFolders(above: staging.root))
    do throws(CommandError) {
      try platformErrors(in: FileSystem.createDirectories(staging.root))
      let result = try make(staging)
      guard effect == .written else {
        Self.clear(staging, missing)
        return result
      }
      try platformErrors(in: FileSystem.move(staging.root, to: destination))
      return result
    } catch {
      Self.clear(staging, missing)
      throw error
    }
  }

  private static func clear(_ staging: Place, _ missing: [String]) {
    try? FileSystem.removeTree(staging.root)  // what became of the command matters more
    for folder in missing { try? FileSystem.remove(folder) }  // unless there is something in it
  }

  /// The folders that will be made on the way to one, the deepest first.
  private static func missingFolders(above path: String) throws(PlatformError) -> [String] {
    var missing: [String] = []
    var path = path[...]
    while let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      path = path[..<slash]
      if try FileSystem.exists(String(path)) { break }
      missing.append(String(path))
    }
    return missing
  }
}
