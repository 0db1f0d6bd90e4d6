# What `cmake --install` puts where. File names are the application id: the desktop finds window, icon and entry by it.
set(packaging ${CMAKE_CURRENT_LIST_DIR})
set(packaged ${CMAKE_CURRENT_BINARY_DIR}/packaging)
configure_file(${packaging}/io.github.headscope.HeadScope.desktop.in ${packaged}/${HEADSCOPE_APP_ID}.desktop @ONLY)
configure_file(${packaging}/io.github.headscope.HeadScope.metainfo.xml.in ${packaged}/${HEADSCOPE_APP_ID}.metainfo.xml @ONLY)
configure_file(${packaging}/headscope.1.in ${packaged}/headscope.1 @ONLY)

install(TARGETS headscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${packaged}/${HEADSCOPE_APP_ID}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${packaged}/${HEADSCOPE_APP_ID}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${packaging}/io.github.headscope.HeadScope.mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages
        RENAME ${HEADSCOPE_APP_ID}.xml)
install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/io.github.headscope.HeadScope.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps RENAME ${HEADSCOPE_APP_ID}.svg)
install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/io.github.headscope.HeadScope.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/128x128/apps RENAME ${HEADSCOPE_APP_ID}.png)
install(FILES ${packaged}/headscope.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
# The sample model with its prompts, reference and card; not the program that trained it.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/sample DESTINATION ${CMAKE_INSTALL_DATADIR}/headscope OPTIONAL
        FILES_MATCHING PATTERN "*.h5" PATTERN "*.json" PATTERN "*.txt" PATTERN "MODEL_CARD.md" PATTERN "train" EXCLUDE)
# Class lists of published circuits, for the graph of heads.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/class_sets DESTINATION ${CMAKE_INSTALL_DATADIR}/headscope FILES_MATCHING PATTERN "*.json" PATTERN "*.csv")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/label_presets DESTINATION ${CMAKE_INSTALL_DATADIR}/headscope FILES_MATCHING PATTERN "*.json")
