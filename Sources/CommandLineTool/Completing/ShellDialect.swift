/// A shell that can complete.
enum ShellDialect: String, CaseIterable, ArgumentValue {
  case bash, zsh, fish

  /// What the shell reads once. Each time somebody asks it runs `stet complete` with the words so
  /// far, the last being the one under the cursor; where nothing comes back it completes files.
  var script: String {
    switch self {
    case .bash: Self.bashScript
    case .zsh: Self.zshScript
    case .fish: Self.fishScript
    }
  }

  /// Bash ends a word at `@`, `=` and `:`, and replaces only what stands behind the last of them.
  private static let bashScript = """
    _stet() {
      local line=${COMP_LINE:0:COMP_POINT} words typed start
      read -ra words <<<"$line"
      [[ $line != *[[:space:]] ]] || words+=("")
      typed=${words[-1]}
      start=${typed%"${typed##*[@=:]}"}
      mapfile -t COMPREPLY < <("$1" complete -- "${words[@]:1}" 2>/dev/null | cut -f1)
      COMPREPLY=("${COMPREPLY[@]#"$start"}")
    }
    complete -o default -F _stet stet

    """

  private static let zshScript = """
    #compdef stet
    _stet() {
      local -a answers
      answers=("${(@f)$($words[1] complete -- "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
      if [[ -z $answers[1] ]]; then
        _files
        return
      fi
      answers=("${(@)answers//:/\\\\:}")
      answers=("${(@)answers/$'\\t'/:}")
      _describe stet answers
    }
    _stet "$@"

    """

  private static let fishScript = """
    function __stet_complete
      set -l words (commandline -opc)
      set -l program $words[1]
      set -e words[1]
      set -l answers ($program complete -- $words (commandline -ct) 2>/dev/null)
      if test -n "$answers"
        printf '%s\\n' $answers
      else
        __fish_complete_path (commandline -ct)
      end
    end
    complete -c stet -f -a '(__stet_complete)'

    """
}
