/// A template and its partials as instructions, with every text, name and number they use.
///
/// It cannot be copied, so that no rendering pays for counting its references.
struct Program: ~Copyable, Sendable {
  var ops: [Op] = []
  /// Where in which source each instruction comes from.
  var sites: [Site] = []
  /// Literal text.
  var texts: [UInt8] = []
  /// The steps of paths.
  var keys: [Key] = []
  /// For each step: the index it is in a list, or why it is none.
  var indexes: [Int32] = []
  /// Literal values.
  var constants: [Cell] = []
  /// The text of names and literal values.
  var bytes: [UInt8] = []
  var calls: [CallSite] = []
  /// The templates, the rendered one first.
  var sources: [Template] = []
  /// Where the partial of each name begins; -1 where there is none.
  var entries: [Int32] = []
  /// Where the bodies of inline partials and of called blocks begin.
  var bodies: [Int32] = []
  /// The names of partials and inline partials; an instruction holds an index.
  var names: [String] = []

  /// A range of one source.
  struct Site: BitwiseCopyable {
    let source: Int32
    let start: Int32
    let end: Int32
  }

  /// What a `{{> …}}` needs besides its context.
  struct CallSite: Sendable {
    enum Target: Sendable {
      /// A name of `names`.
      case fixed(Int32)
      /// The name is on the stack, below the hash.
      case dynamic
      /// The block that the running partial was called with.
      case block
    }

    var target: Target
    /// The names of the hash, whose values are on the stack.
    var hash: [Key] = []
    /// The body that is the block of the call.
    var block: Int32?
    /// How many partials the block defines, which are for the called one and not for the call.
    var definitions = 0
    /// The white space in front of each line: a piece of `texts`.
    var indentation: (first: Int32, count: Int32)?
    /// Whether the called partial begins with nothing instead of the caller's context.
    var startsEmpty = false
    /// Whether a partial also sees the contexts around the call.
    var keepsContexts = false
  }

  /// The index that stands for `length`.
  static let lengthIndex: Int32 = -1
  private static let noIndex: Int32 = -2

  /// What a name is as an index of a list or a string.
  static func index(named name: String) -> Int32 {
    if name == "length" { return lengthIndex }
    guard let index = Int32(name), index >= 0, String(index) == name else { return noIndex }
    return index
  }
}

/// A program behind one reference, for compiled templates and renderings to keep.
final class SharedProgram: Sendable {
  let program: Program

  init(_ program: consuming Program) { self.program = program }
}
