import CGit2

/// The start of libgit2 and its options: the only place that sets them.
///
/// Options act on what is opened later (the reference store reads the one about fsync when it is
/// made), so every way to a repository goes through `start()` first.
enum Library {
  /// Raw objects that libgit2 keeps in memory, in bytes.
  private static let cacheLimit = 16 << 20
  /// How much of a pack is mapped at a time, and of all packs together, in bytes.
  private static let windowSize = 8 << 20
  private static let mappedLimit = 48 << 20

  private static let outcome = Result { () throws(GitError) in
    try check("git_libgit2_init", "libgit2", git_libgit2_init())
    try check("fsync", "libgit2", stet_git_enable_fsync(1))
    try check("strict hash verification", "libgit2", stet_git_strict_hash_verification(1))
    try check("owner validation", "libgit2", stet_git_owner_validation(1))
    try check("cache limit", "libgit2", stet_git_cache_limit(cacheLimit))
    try check("window limits", "libgit2", stet_git_window_limits(windowSize, mappedLimit))
    try forgetOtherConfigurations()
  }

  /// Starts the library once; later calls repeat what the first one found.
  static func start() throws(GitError) { try outcome.get() }

  /// An empty list of folders: no file of the machine or the person changes what we do.
  private static func forgetOtherConfigurations() throws(GitError) {
    let levels = [
      GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
      GIT_CONFIG_LEVEL_GLOBAL,
    ]
    for level in levels {
      try check("search path", "libgit2", unsafe stet_git_set_search_path(level.rawValue, ""))
    }
  }
}
