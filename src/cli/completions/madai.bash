# Completion of madai for bash.
_madai() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "read convert init add list show search accept correct reject merge split
            undo reviews reread verify log checkpoint prove
            key export import backup restore erase dossier chronology matrix check link actors incidents
            relations figures complaints patterns why serve
            --help --version" -- "$word")
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
    if [ "${COMP_WORDS[1]}" != read ]; then
        # Each command knows its options best.
        [[ $word == -* ]] && mapfile -t COMPREPLY < <(compgen -W "$(
            madai "${COMP_WORDS[1]}" --help 2>/dev/null |
                grep -oE -- '--[a-z-]+')" -- "$word") && return
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
    fi
    case $word in
    -*)
        mapfile -t COMPREPLY < <(compgen -W "--acts --calendar --date --explain --help --jobs --json
            --actors --gazetteer --layers --lines --min-confidence --model --places
            --progress --timeline --unsafe-parsing --with-text -j -h" \
            -- "$word")
        ;;
    *)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        ;;
    esac
}
complete -F _madai madai
