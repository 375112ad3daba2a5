// @ts-check

/** Where Debian's packages of recorded sound put it. */
export const SPEECH_FOLDERS = {
  prompts: '/usr/share/asterisk/sounds/en_US_f_Allison',
  music: '/usr/share/asterisk/moh',
  words: '/usr/share/sounds/alsa',
};
