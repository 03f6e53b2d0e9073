; The setup program for Windows, for one user, without an administrator. package.py compiles it and defines:
;   TARGET     the stub to build on: amd64-unicode, or x86-unicode where NSIS comes without the former
;   VERSION    as ctk/__init__.py has it, three numbers
;   KILOBYTES  what the program takes on the disk
;   LONGEST    how long the longest path inside the program's folder is
;   FILES      a script that packs the files, which are in BUNDLE; LIST: their names, as common.nsh reads them back
;   ICON, SIDE (the picture beside the last page), OUTFILE
;   SIGN       a command that signs the file in %1, where there is a certificate
;
; Switches: /S silent; /D=C:\Folder (last, without quotation marks); /DESKTOP=yes|no /AUTOSTART=yes|no /FOLDERS=yes|no;
; /DOWNGRADE lets a silent setup replace a newer version. Exit codes beside 0: 1 cancelled, 2 a file could not be
; written, 3 the program is still running, 4 a newer version is installed, 5 the folder cannot be used, 6 another setup
; is running, 7 this Windows is too old.

Target ${TARGET}
Unicode true
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor lzma

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh
!addincludedir "${__FILEDIR__}"
!include common.nsh

!define NAME "Creator's Toolkit"
!define FOLDER "Creators Toolkit"
!define PROGRAM "Creators Toolkit.exe"
!define COMMAND "ctk.exe"
!define APP_ID "org.creators-toolkit.app"
!define LISTING "installed.txt"
!define UNINSTALLER "uninstall.exe"
!define HOME "$LOCALAPPDATA\${FOLDER}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_ID}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define RUN_VALUE "Creators Toolkit"
!define MENU_KEY "Software\Classes\Directory\shell\${APP_ID}"
!define START_LINK "$SMPROGRAMS\${NAME}.lnk"
!define DESKTOP_LINK "$DESKTOP\${NAME}.lnk"
!define TOO_LONG 259

Name "${NAME}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${NAME} contributors"
VIAddVersionKey "LegalCopyright" "${NAME} contributors, MIT License"

!ifdef SIGN
!uninstfinalize `${SIGN}` = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start ${NAME}"
!define MUI_FINISHPAGE_RUN_FUNCTION Start
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderChosen
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Old ; the folder of the version that is installed, or empty
Var OldRun ; what starts it with the computer, or empty
Var Busy ; a file of it that is in use, or empty
Var Wrong ; why the folder chosen cannot be used, or empty

!insertmacro Shared ""
!insertmacro Shared "un."

; Whether a switch such as /DESKTOP=yes selects a section; without the switch it stays as it is.
!macro Switch name section
  ClearErrors
  ${GetOptions} $R0 "/${name}=" $R1
  ${IfNot} ${Errors}
    ${If} $R1 == "yes"
      !insertmacro SelectSection ${section}
    ${Else}
      !insertmacro UnselectSection ${section}
    ${EndIf}
  ${EndIf}
!macroend

Section "!${NAME}" SecProgram
  SectionIn RO
  ${If} $Old != ""
  ${AndIf} $Old != $INSTDIR
    Push $Old
    Call Free
  ${EndIf}
  Push $INSTDIR
  Call Free
  ${If} $Old != ""
  ${AndIf} $Old != $INSTDIR
    Push $Old
    Call RemoveFiles
  ${EndIf}
  Push $INSTDIR
  Call RemoveFiles
  SetOutPath "$INSTDIR"
  File "/oname=${LISTING}" "${LIST}" ; first, so that whatever comes after it can be taken away again
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  !include /CHARSET=UTF8 "${FILES}"
  SetOutPath "$PROFILE" ; where the program starts in; also keeps its own folder free
  CreateShortCut "${START_LINK}" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" \
    "Where are all my audio files?"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME} contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Icon on the desktop" SecDesktop
SectionEnd

Section "Add to ${NAME}, in the menu of folders" SecFolders
SectionEnd

Section /o "Start with the computer, hidden in the tray" SecAutostart
SectionEnd

; The entries that were chosen; those that were not are taken away.
Section "-Entries"
  ${If} ${SectionIsSelected} ${SecDesktop}
    CreateShortCut "${DESKTOP_LINK}" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" \
      "Where are all my audio files?"
  ${Else}
    Delete "${DESKTOP_LINK}"
  ${EndIf}
  ${If} ${SectionIsSelected} ${SecFolders}
    WriteRegStr HKCU "${MENU_KEY}" "" "Add to ${NAME}"
    WriteRegStr HKCU "${MENU_KEY}" "Icon" "$INSTDIR\${PROGRAM},0"
    WriteRegStr HKCU "${MENU_KEY}\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  ${Else}
    DeleteRegKey HKCU "${MENU_KEY}"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${SecAutostart}
    ${If} $Old != "" ; else it is that of a copy which no setup installed
      DeleteRegValue HKCU "${RUN_KEY}" "${RUN_VALUE}"
      DeleteRegValue HKCU "${APPROVED_KEY}" "${RUN_VALUE}"
    ${EndIf}
  ${ElseIf} $OldRun == ""
    DeleteRegValue HKCU "${APPROVED_KEY}" "${RUN_VALUE}"
    WriteRegStr HKCU "${RUN_KEY}" "${RUN_VALUE}" '"$INSTDIR\${PROGRAM}" --tray'
  ${ElseIf} $Old != $INSTDIR ; else it stays as the program wrote it, maybe with a home of its own
    WriteRegStr HKCU "${RUN_KEY}" "${RUN_VALUE}" '"$INSTDIR\${PROGRAM}" --tray'
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "The program, and its entry in the start menu."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesktop} "An icon that starts the program."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecFolders} "Right-click a folder in Explorer to scan it for sounds."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecAutostart} "The library follows your folders from the moment you log in."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  SetRegView 64
  ReadRegDWORD $0 HKLM "Software\Microsoft\Windows NT\CurrentVersion" "CurrentMajorVersionNumber"
  ${IfNot} ${RunningX64}
  ${OrIf} $0 < 10 ; older ones do not have that number
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs a 64-bit Windows 10 or newer." /SD IDOK
    SetErrorLevel 7
    Quit
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\${APP_ID}.setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; it was there already
    MessageBox MB_OK|MB_ICONINFORMATION "This setup is running already." /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  ReadRegStr $Old HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $OldRun HKCU "${RUN_KEY}" "${RUN_VALUE}"
  ${If} $Old != ""
    Call AskAboutNewer
    Call SelectWhatIsThere
  ${EndIf}
  ${GetParameters} $R0
  !insertmacro Switch DESKTOP ${SecDesktop}
  !insertmacro Switch FOLDERS ${SecFolders}
  !insertmacro Switch AUTOSTART ${SecAutostart}
  ${If} ${Silent}
    Call JudgeFolder
    ${If} $Wrong != ""
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function AskAboutNewer
  ReadRegStr $R0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${VersionCompare} "$R0" "${VERSION}" $R1
  ${GetParameters} $R2
  ClearErrors
  ${GetOptions} $R2 "/DOWNGRADE" $R3
  ${If} ${Errors}
  ${AndIf} $R1 = 1
    ${IfNot} ${Cmd} `MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
        "${NAME} $R0 is installed, which is newer than ${VERSION}. An older version may not be able to open your \
        catalog.$\r$\n$\r$\nReplace it with the older version?" /SD IDNO IDYES`
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; An upgrade begins with what the user has now, also where it was changed in the program.
Function SelectWhatIsThere
  ${IfNot} ${FileExists} "${DESKTOP_LINK}"
    !insertmacro UnselectSection ${SecDesktop}
  ${EndIf}
  ReadRegStr $R0 HKCU "${MENU_KEY}" ""
  ${If} $R0 == ""
    !insertmacro UnselectSection ${SecFolders}
  ${EndIf}
  ${If} $OldRun != ""
    !insertmacro SelectSection ${SecAutostart}
  ${EndIf}
FunctionEnd

Function FolderChosen
  Call JudgeFolder
  ${If} $Wrong != ""
    MessageBox MB_OK|MB_ICONINFORMATION "$Wrong"
    Abort
  ${EndIf}
FunctionEnd

; The catalog must outlive the program, so neither may lie in the other; and Windows must be able to name every file.
Function JudgeFolder
  StrCpy $Wrong ""
  StrLen $R0 "${HOME}\"
  StrCpy $R1 "$INSTDIR\" $R0
  StrLen $R2 "$INSTDIR\"
  StrCpy $R3 "${HOME}\" $R2
  ${If} $R1 == "${HOME}\"
  ${OrIf} $R3 == "$INSTDIR\"
    StrCpy $Wrong "Your catalog lives in ${HOME}. Please choose another folder for the program."
    Return
  ${EndIf}
  IntOp $R2 $R2 + ${LONGEST}
  ${If} $R2 > ${TOO_LONG}
    StrCpy $Wrong "The name of this folder is too long for the files in it. Please choose a shorter one."
  ${EndIf}
FunctionEnd

; Through Explorer, which starts it as the user even where the setup was started as an administrator.
Function Start
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

Section "Uninstall"
  Push $INSTDIR
  Call un.Free
  Push $INSTDIR
  Call un.RemoveFiles
  Delete "${START_LINK}"
  Delete "${DESKTOP_LINK}"
  DeleteRegKey HKCU "${MENU_KEY}"
  StrLen $R0 '"$INSTDIR\'
  ReadRegStr $R1 HKCU "${RUN_KEY}" "${RUN_VALUE}"
  StrCpy $R1 $R1 $R0
  ${If} $R1 == '"$INSTDIR\' ; and not that of another copy
    DeleteRegValue HKCU "${RUN_KEY}" "${RUN_VALUE}"
    DeleteRegValue HKCU "${APPROVED_KEY}" "${RUN_VALUE}"
  ${EndIf}
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${If} ${FileExists} "${HOME}\*.*"
    ${If} ${Cmd} `MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
        "${NAME} was removed. Your catalog is still here: your tags, ratings, notes and collections, in$\r$\n${HOME}\
        $\r$\n$\r$\nKeep it if you may come back. Your sound files are not in it and stay where they are.\
        $\r$\n$\r$\nDelete the catalog as well?" /SD IDNO IDYES`
      RMDir /r "${HOME}" ; the program's own folder, which no setup lets be chosen for anything else
    ${EndIf}
  ${EndIf}
SectionEnd
