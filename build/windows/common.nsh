; What setup and uninstaller have in common, as functions that each of them gets: an uninstaller's names begin with "un.".
; They read the list of installed files that package.py wrote: a file a line, then the folders, which end with a \.

!macro Shared un

; The folder on the stack: ask the program in it to quit, and put the name of a file that is in use into $Busy.
Function ${un}AskToQuit
  Exch $R0
  Push $R1
  ${If} ${FileExists} "$R0\${COMMAND}"
    nsExec::Exec /TIMEOUT=30000 '"$R0\${COMMAND}" --quit'
    Pop $R1
  ${EndIf}
  StrCpy $R1 0
  ${Do}
    Push $R0
    Call ${un}FindBusy
    ${If} $Busy == ""
    ${OrIf} $R1 >= 10
      ${ExitDo}
    ${EndIf}
    Sleep 500
    IntOp $R1 $R1 + 1
  ${Loop}
  Pop $R1
  Pop $R0
FunctionEnd

; The folder on the stack: put the first program file in it that cannot be written into $Busy.
Function ${un}FindBusy
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  StrCpy $Busy ""
  ClearErrors
  FileOpen $R1 "$R0\${LISTING}" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $R2 $R2 -2 ; the end of the line
      StrCpy $R3 $R2 "" -4
      ${If} $R3 == ".exe"
      ${OrIf} $R3 == ".dll"
      ${OrIf} $R3 == ".pyd"
        ${If} ${FileExists} "$R0\$R2"
          ClearErrors
          FileOpen $R3 "$R0\$R2" a
          ${If} ${Errors}
            StrCpy $Busy $R2
            ${ExitDo}
          ${EndIf}
          FileClose $R3
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $R1
  ${EndIf}
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd

; The folder on the stack: have the program in it ended, or give up as the user wants it. Nothing was changed till then.
Function ${un}Free
  Exch $R0
  ${Do}
    Push $R0
    Call ${un}AskToQuit
    ${If} $Busy == ""
      ${ExitDo}
    ${EndIf}
    ${IfNot} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION \
        "${NAME} is still running: $Busy is in use.$\r$\n$\r$\nPlease close it, then choose Retry." \
        /SD IDCANCEL IDRETRY`
      SetErrorLevel 3
      ${If} ${Silent}
        Quit
      ${EndIf}
      Abort "Nothing was changed."
    ${EndIf}
  ${Loop}
  Pop $R0
FunctionEnd

; The folder on the stack: delete the files that its list names, and those of its folders that are empty then.
; Whatever else lies there is somebody else's.
Function ${un}RemoveFiles
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  ClearErrors
  FileOpen $R1 "$R0\${LISTING}" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $R2 $R2 -2
      StrCpy $R3 $R2 "" -1
      ${If} $R3 == "\"
        RMDir "$R0\$R2"
      ${ElseIf} $R2 != ""
        Delete "$R0\$R2"
      ${EndIf}
    ${Loop}
    FileClose $R1
    Delete "$R0\${LISTING}"
    Delete "$R0\${UNINSTALLER}"
    RMDir "$R0"
  ${EndIf}
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd

!macroend
