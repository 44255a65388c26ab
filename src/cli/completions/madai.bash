# Completion of madai for bash.
_madai() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "read check --help --version" -- "$word")
        return
    fi
    case $before in
    --date | --min-confidence | -j | --jobs | --key) return ;;
    esac
    if [ "${COMP_WORDS[1]}" = check ]; then
        mapfile -t COMPREPLY < <(compgen -W "--key --checkpoint --help" \
            -- "$word"; compgen -d -- "$word")
        [ "$before" != --checkpoint ] ||
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        compopt -o filenames
        return
    fi
    case $word in
    -*)
        mapfile -t COMPREPLY < <(compgen -W "--date --help --jobs --json
            --lines --min-confidence --model --progress --with-text -j -h" \
            -- "$word")
        ;;
    *)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        ;;
    esac
}
complete -F _madai madai
