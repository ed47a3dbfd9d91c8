import { describe, expect, it } from 'vitest';
import { layerText, slotsIn } from '../../../../functions/personalise/domain/layer-text.ts';

const layer = (text: string, upperCase = false) => ({ text, upperCase });

describe('layerText', () => {
  it('fills in slots', () => {
    expect(layerText(layer('{name} from {city}!'), { name: 'Ana', city: 'Vík' })).toBe('Ana from Vík!');
  });

  it('leaves no gap for an empty slot, and nothing of a layer that is only that', () => {
    expect(layerText(layer('Hi {name} there'), {})).toBe('Hi there');
    expect(layerText(layer('{name}'), { other: 'x' })).toBe('');
  });

  it('does not fill in what a person wrote once more, nor what every object has', () => {
    expect(layerText(layer('{name}'), { name: '{city}', city: 'Vík' })).toBe('{city}');
    expect(layerText(layer('{constructor}'), {})).toBe('');
  });

  it('draws capitals by no country’s rules, composed', () => {
    expect(layerText(layer('{name}', true), { name: 'straße ırmak i\u0301' })).toBe('STRASSE IRMAK Í');
    expect(layerText(layer('{name}', true), { name: '👩🏽‍🚀 ok' })).toBe('👩🏽‍🚀 OK');
    expect(layerText(layer('{name}', true), { name: 'თბილისი' })).toBe('თბილისი');
    expect(layerText(layer('{name}', true), { name: 'Αλεξάνδρα ϋ' })).toBe('ΑΛΕΞΑΝΔΡΑ Ϋ');
  });
});

describe('slotsIn', () => {
  it('names the slots of a text', () => {
    expect(slotsIn('{name} & {second-name}, {Not} {}')).toEqual(['name', 'second-name']);
  });
});
