import CGit2

/// One open git repository, without a work tree or an index; not to be used by two threads at once.
///
/// Whatever it returns is a value: no object of libgit2 leaves this module.
@safe package struct Repository: ~Copyable {
  let handle: Handle
  let objects: Handle
  /// The folder that holds `objects`, `refs` and `HEAD`.
  package let path: String
  let cache = ObjectCache()
  let packs: PackFolder
  /// Where the names of written objects are noted, in a handle that gathers them.
  let log: WriteLog?

  private init(
    _ handle: consuming Handle, at path: String, quarantine: String? = nil, log: WriteLog? = nil
  ) throws(GitError) {
    self.log = log
    objects = try unsafe Handle("git_repository_odb", path, free: git_odb_free) {
      [raw = unsafe handle.raw] in
      unsafe git_repository_odb($0, raw)
    }
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.handle = handle
    packs = PackFolder(in: self.path, quarantine: quarantine)
  }
}

extension Repository {
  /// Opens the repository whose own folder is `path`; no folder below or above is tried.
  ///
  /// Throws `.missing` where there is none, `.foreignOwner` where it is another user's, and
  /// `.configuration`, `.setting` or `.linkedRepository` where its own files could make git do
  /// what we do not foresee; they are looked at before libgit2 sees them.
  package static func open(_ path: String) throws(GitError) -> Repository {
    try open(path, log: nil)
  }

  /// As `open`, noting what is written.
  static func open(_ path: String, log: WriteLog?) throws(GitError) -> Repository {
    try checkFiles(path)
    let flags =
      GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    return try open(path, flags, log: log)
  }

  /// Opens what git's own variables name, so that a `pre-receive` hook sees the pushed objects
  /// while they are still in quarantine.
  package static func openFromEnvironment() throws(GitError) -> Repository {
    try open(
      nil, GIT_REPOSITORY_OPEN_FROM_ENV.rawValue | GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, log: nil)
  }

  /// Makes a bare repository in `path`, where there must be none, with exactly these settings.
  package static func create(
    _ path: String, _ settings: [ConfigEntry] = ConfigEntry.ours
  ) throws(GitError) -> Repository {
    try Library.start()
    var options = unsafe git_repository_init_options()
    try check(
      "git_repository_init_options_init", path,
      unsafe git_repository_init_options_init(
        &options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    unsafe options.flags =
      GIT_REPOSITORY_INIT_BARE.rawValue | GIT_REPOSITORY_INIT_NO_REINIT.rawValue
      | GIT_REPOSITORY_INIT_MKPATH.rawValue
    let handle = try unsafe Handle("git_repository_init_ext", path, free: git_repository_free) {
      made in
      unsafe "main".withCString { main in
        unsafe options.initial_head = main
        return unsafe git_repository_init_ext(made, path, &options)
      }
    }
    let repository = try Repository(handle, at: path)
    try repository.configure(settings)
    return repository
  }

  private static func checkFiles(_ path: String) throws(GitError) {
    guard let config = try RepositoryFiles.content("\(path)/config", limit: Config.sizeLimit)
    else { throw .missing(subject: path) }
    try Config.check(try Config.entries(config))
    if try RepositoryFiles.content("\(path)/commondir", limit: 1) != nil {
      throw .linkedRepository(path: path)
    }
  }

  private static func open(
    _ path: String?, _ flags: UInt32, log: WriteLog?
  ) throws(GitError) -> Repository {
    try Library.start()
    let subject = path ?? "GIT_DIR"
    let handle = try unsafe Handle("git_repository_open_ext", subject, free: git_repository_free) {
      unsafe git_repository_open_ext($0, path, flags, nil)
    }
    guard let folder = unsafe git_repository_path(handle.raw) else {
      throw .missing(subject: subject)
    }
    let quarantine =
      path == nil
      ? unsafe getenv("GIT_OBJECT_DIRECTORY").map { unsafe String(cString: $0) } : nil
    return try Repository(
      handle, at: unsafe String(cString: folder), quarantine: quarantine, log: log)
  }
}
